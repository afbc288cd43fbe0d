using System.Net;
using System.Text.Json;
using Grid.Protocol.Api;

namespace Grid.Tests.Silo.World;

internal static class ProblemAssert
{
    public static async Task<Problem> IsProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"Expected {status}, got {answer.StatusCode}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(body, GridJsonContext.Default.Problem)!;
        Assert.Equal((code, (int)status), (problem.Code, problem.Status));
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        return problem;
    }
}

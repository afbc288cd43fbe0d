using System.Net;
using System.Text.Json;
using Grid.Protocol.Api;

namespace Grid.Client.Http;

/// <summary>An operator's refusal as an exception that says what to do.</summary>
internal static class ProblemReading
{
    private const int MaxProblemBytes = 256 * 1024;

    /// <summary>The same request may be taken a little later.</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout;

    /// <summary>The operator took nothing of the request.</summary>
    public static bool HadNoEffect(GridException error) => error.Code is ProblemCodes.Unavailable or ProblemCodes.TooManyRequests;

    public static async Task<(GridException Error, TimeSpan? RetryAfter)> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var problem = await TryReadAsync(answer, cancellation);
        var retryAfter = problem?.RetryAfterMs is { } ms and >= 0 ? TimeSpan.FromMilliseconds(Math.Min(ms, Limits.LongestPause.TotalMilliseconds)) : answer.Headers.RetryAfter?.Delta;
        var error = new GridException(KindOf(answer.StatusCode, problem?.Code), MessageOf(answer, problem)) { Code = problem?.Code, Status = (int)answer.StatusCode };
        return (error, retryAfter);
    }

    private static async Task<Problem?> TryReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json")) return null;
        try
        {
            var body = await BoundedBody.ReadAsync(answer.Content, MaxProblemBytes, cancellation);
            return JsonSerializer.Deserialize(body.Span, GridJsonContext.Default.Problem);
        }
        catch (Exception e) when (e is JsonException or GridException)
        {
            return null;
        }
    }

    private static GridErrorKind KindOf(HttpStatusCode status, string? code) => code switch
    {
        ProblemCodes.OutcomeUnknown => GridErrorKind.OutcomeUnknown,
        ProblemCodes.Unavailable or ProblemCodes.TooManyRequests => GridErrorKind.Unreachable,
        ProblemCodes.NotSignedIn or ProblemCodes.SignInInvalid or ProblemCodes.NotYours => GridErrorKind.Unauthorized,
        _ => status switch
        {
            HttpStatusCode.NotFound => GridErrorKind.NotFound,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => GridErrorKind.Unauthorized,
            >= HttpStatusCode.InternalServerError => GridErrorKind.Unreachable,
            _ => GridErrorKind.Refused,
        },
    };

    private static string MessageOf(HttpResponseMessage answer, Problem? problem)
    {
        if (problem is null) return $"The operator answered {(int)answer.StatusCode} {answer.ReasonPhrase} to {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}.";
        var fields = problem.Errors is { Count: > 0 } errors ? "\n" + string.Join('\n', errors.Select(error => $"  {error.Field}: {error.Message}")) : "";
        return $"{problem.Detail ?? problem.Title}{fields}{AdviceFor(problem.Code)}";
    }

    private static string AdviceFor(string code) => code switch
    {
        ProblemCodes.InsufficientFunds => " Deposit more first: grid wallet fund",
        ProblemCodes.NotYours => " It belongs to another wallet.",
        _ => "",
    };
}

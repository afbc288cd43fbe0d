using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Grid.Client.Http;

internal static class JsonAnswer
{
    /// <exception cref="GridException">Not what was asked for.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            var body = await BoundedBody.ReadAsync(answer.Content, Limits.MaxAnswerBytes, cancellation);
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            throw new GridException(
                GridErrorKind.BadAnswer, $"{answer.RequestMessage?.RequestUri} did not answer with a {typeof(T).Name}: {e.Message} Is it an operator of this grid, and of a version that fits?", e);
        }
    }
}

internal static class JsonRequest
{
    public static HttpRequestMessage Create<T>(HttpMethod method, string route, T body, JsonTypeInfo<T> type) => new(method, route)
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };
}

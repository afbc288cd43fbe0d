using System.Net.Http.Headers;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Protocol.Slashing;

namespace Grid.Silo.Operators;

/// <summary>A peer that is asked for its signature. Whatever goes wrong is an answer that is not there: the next round asks again.</summary>
internal sealed class HttpFaultPeer(HttpClient http, Uri url)
{
    public async Task<Signature?> AskAsync(FaultClaim claim, CancellationToken cancellation)
    {
        try
        {
            using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(FaultRequest.Of(claim), GridJsonContext.Default.FaultRequest));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, ApiRoutes.Faults)) { Content = body };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!answer.IsSuccessStatusCode) return null;
            await answer.Content.LoadIntoBufferAsync(Limits.MaxFaultAnswerBytes, cancellation);
            await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
            return (await JsonSerializer.DeserializeAsync(content, GridJsonContext.Default.FaultAnswer, cancellation))?.Signature;
        }
        catch (Exception away) when (away is HttpRequestException or IOException or JsonException || (away is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}

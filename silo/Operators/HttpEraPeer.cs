using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol.Api;

namespace Grid.Silo.Operators;

/// <summary>A peer over HTTP. Whatever goes wrong is an answer that is not there: the next round asks again.</summary>
internal sealed class HttpEraPeer(HttpClient http, Uri url) : IEraPeer
{
    public Task<EraOverview?> GetOverviewAsync(CancellationToken cancellation) => GetAsync(ApiRoutes.Eras, GridJsonContext.Default.EraOverview, cancellation);

    public Task<EraStatus?> GetEraAsync(ulong era, CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Of(ApiRoutes.Era, era.ToString(CultureInfo.InvariantCulture)), GridJsonContext.Default.EraStatus, cancellation);

    public Task<byte[]?> GetFileAsync(Hash256 hash, CancellationToken cancellation) =>
        ReadAsync(ApiRoutes.Of(ApiRoutes.EraFile, hash.ToString()), Protocol.Eras.Limits.MaxBookBytes, cancellation);

    private async Task<T?> GetAsync<T>(string route, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        if (await ReadAsync(route, Limits.MaxStatusBytes, cancellation) is not { } bytes) return null;
        try
        {
            return JsonSerializer.Deserialize(bytes, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null also where the answer is longer than allowed.</returns>
    private async Task<byte[]?> ReadAsync(string route, int maxBytes, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(url, route), HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength > maxBytes) return null;
            await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
            using var read = new MemoryStream();
            var buffer = new byte[Api.Limits.CopyBufferBytes];
            for (int size; (size = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (read.Length + size > maxBytes) return null;
                read.Write(buffer, 0, size);
            }

            return read.ToArray();
        }
        catch (Exception away) when (away is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}

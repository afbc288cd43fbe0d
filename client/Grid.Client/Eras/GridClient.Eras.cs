using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Client.Http;
using Grid.Protocol.Api;
using Grid.Protocol.Eras;

namespace Grid.Client;

public sealed partial class GridClient
{
    private static readonly CallKind FileRead = new(ChangesState: false, NeedsSession: false, IsTransfer: true);

    public Task<EraOverview> GetErasAsync(CancellationToken cancellation = default) => GetAsync(CallKind.PublicRead, ApiRoutes.Eras, GridJsonContext.Default.EraOverview, cancellation);

    public Task<EraStatus> GetEraAsync(ulong era, CancellationToken cancellation = default) =>
        GetAsync(CallKind.PublicRead, ApiRoutes.Of(ApiRoutes.Era, era.ToString(CultureInfo.InvariantCulture)), GridJsonContext.Default.EraStatus, cancellation);

    /// <summary>An era's record, checked against the hash that names it.</summary>
    public async Task<EraRecord> GetEraRecordAsync(Hash256 record, CancellationToken cancellation = default)
    {
        var bytes = await GetEraFileAsync(record, cancellation);
        return EraRecordCodec.TryDecode(bytes, out var decoded, out var error) ? decoded : throw new GridException(GridErrorKind.BadAnswer, $"{record} is no record of an era: {error}");
    }

    /// <summary>What an operator says that it saw, checked against the hash that names it.</summary>
    public async Task<ObservationBook> GetEraBookAsync(Hash256 book, CancellationToken cancellation = default)
    {
        var bytes = await GetEraFileAsync(book, cancellation);
        return ObservationBookCodec.TryDecode(bytes, out var decoded, out var error) ? decoded : throw new GridException(GridErrorKind.BadAnswer, $"{book} is no book of observations: {error}");
    }

    private async Task<byte[]> GetEraFileAsync(Hash256 hash, CancellationToken cancellation)
    {
        using var answer = await _calls.OpenAsync(FileRead, () => new HttpRequestMessage(HttpMethod.Get, ApiRoutes.Of(ApiRoutes.EraFile, hash.ToString())), cancellation);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int size; (size = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (read.Length + size > Grid.Protocol.Eras.Limits.MaxBookBytes) throw new GridException(GridErrorKind.BadAnswer, $"{hash} is longer than {Grid.Protocol.Eras.Limits.MaxBookBytes} bytes.");
            read.Write(buffer, 0, size);
        }

        var bytes = read.ToArray();
        return Keccak256.Hash(bytes) == hash ? bytes : throw new GridException(GridErrorKind.BadAnswer, $"What came for {hash} has another hash.");
    }
}

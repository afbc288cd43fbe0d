using Grid.Chain.Crypto;
using Grid.Protocol.Api;

namespace Grid.Eras;

/// <summary>Another operator, as far as eras go. Each call answers null where it is away or has nothing.</summary>
public interface IEraPeer
{
    Task<EraStatus?> GetEraAsync(ulong era, CancellationToken cancellation);

    /// <summary>A book or a record; its bytes are checked against the hash by who asked.</summary>
    Task<byte[]?> GetFileAsync(Hash256 hash, CancellationToken cancellation);
}

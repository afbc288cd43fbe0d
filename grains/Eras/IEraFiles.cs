using Grid.Chain.Crypto;

namespace Grid.Eras;

/// <summary>Books and records by the Keccak-256 of their bytes: up to some megabytes each, so that they lie beside the grains' states.</summary>
public interface IEraFiles
{
    /// <summary>Durable when it returns.</summary>
    Task<Hash256> PutAsync(ReadOnlyMemory<byte> bytes);

    Task<byte[]?> FindAsync(Hash256 hash);
}

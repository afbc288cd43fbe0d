using Grid.Chain.Crypto;
using Grid.Eras;

namespace Grid.Simulation;

/// <summary>An operator's books and records, on its disk.</summary>
internal sealed class SimulatedEraFiles : IEraFiles
{
    private readonly SortedDictionary<Hash256, byte[]> _files = [];

    public Task<Hash256> PutAsync(ReadOnlyMemory<byte> bytes)
    {
        var hash = Keccak256.Hash(bytes.Span);
        _files[hash] = bytes.ToArray();
        return Task.FromResult(hash);
    }

    public Task<byte[]?> FindAsync(Hash256 hash) => Task.FromResult(Find(hash));

    public byte[]? Find(Hash256 hash) => _files.GetValueOrDefault(hash);
}

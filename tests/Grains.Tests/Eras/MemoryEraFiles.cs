using Grid.Chain.Crypto;
using Grid.Eras;

namespace Grid.Tests.Grains.Eras;

internal sealed class MemoryEraFiles : IEraFiles
{
    private readonly SortedDictionary<Hash256, byte[]> _files = [];

    public Task<Hash256> PutAsync(ReadOnlyMemory<byte> bytes)
    {
        var hash = Keccak256.Hash(bytes.Span);
        _files[hash] = bytes.ToArray();
        return Task.FromResult(hash);
    }

    public Task<byte[]?> FindAsync(Hash256 hash) => Task.FromResult(_files.GetValueOrDefault(hash));
}

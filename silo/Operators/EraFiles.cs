using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Silo.Hosting;

namespace Grid.Silo.Operators;

/// <summary>Books and records as files, each under its hash. What is read is checked against it.</summary>
internal sealed class EraFiles : IEraFiles
{
    private readonly string _folder;
    private int _written;

    public EraFiles(SiloOptions options)
    {
        _folder = Path.Combine(options.DataDirectory, "eras");
        DurableFile.CreateFolder(_folder);
        foreach (var torn in Directory.EnumerateFiles(_folder, "*.tmp")) File.Delete(torn);
        Sweep();
    }

    public Task<Hash256> PutAsync(ReadOnlyMemory<byte> bytes)
    {
        var hash = Keccak256.Hash(bytes.Span);
        if (!File.Exists(PathOf(hash))) DurableFile.Replace(PathOf(hash), bytes.Span);
        if (Interlocked.Increment(ref _written) % Limits.FilesBetweenSweeps == 0) Sweep();
        return Task.FromResult(hash);
    }

    public async Task<byte[]?> FindAsync(Hash256 hash)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(PathOf(hash));
            return Keccak256.Hash(bytes) == hash ? bytes : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void Sweep()
    {
        var files = new DirectoryInfo(_folder).GetFiles();
        foreach (var old in files.OrderByDescending(static file => file.LastWriteTimeUtc).Skip(Limits.KeptFiles)) old.Delete();
    }

    private string PathOf(Hash256 hash) => Path.Combine(_folder, hash.ToString());
}

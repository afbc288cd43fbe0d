namespace Grid.Bench.Runtime;

/// <summary>A folder that is gone when the bench ends. Beside the program, where a disk is: a temporary folder may be memory.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string _path = Path.Combine(AppContext.BaseDirectory, $"bench-{Guid.NewGuid():N}");

    public ScratchFolder() => Directory.CreateDirectory(_path);

    public string File(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

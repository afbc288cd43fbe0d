using Grid.Runtime.Storage;

namespace Grid.Tests.Runtime.Storage;

/// <summary>A folder of its own for one test's store, gone with it.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("grid-store-");

    public string StorePath => Path.Combine(_folder.FullName, "silo.db");

    public SqliteStore Open(Action<Action>? commitThrough = null, int maxSizeMib = 1024, long epoch = 1) => SqliteStore.Open(new SqliteStoreOptions
    {
        Path = StorePath,
        CommitThrough = commitThrough ?? (commit => commit()),
        MaxSizeMib = maxSizeMib,
        Epoch = epoch,
    });

    public void Dispose() => _folder.Delete(recursive: true);
}

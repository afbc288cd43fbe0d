namespace Grid.Runtime.Storage;

/// <summary>
/// The right to write to a store, held by one process at a time. It is an advisory lock of the kernel on a file beside the store,
/// so it is gone the moment its process is, however it died.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    /// <summary>What flock answers where another holds the lock: EWOULDBLOCK of Linux and of macOS.</summary>
    private static readonly int[] HeldByAnother = [11, 35];

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    public static StoreLock Take(string storePath)
    {
        var path = storePath + ".lock";
        try
        {
            return new StoreLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult))
        {
            throw new StoreInUseException($"The store {storePath} belongs to another running silo (its lock {path} is taken). Stop that one first, or give this silo a store of its own.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The lock {path} of the store cannot be made: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}

using System.Text.Json;
using Grid.Chain.Crypto.Keystores;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>The queue as one JSON file: written beside, flushed, renamed, and the directory flushed. A lock file keeps a second process out.</summary>
public sealed class FileTransactionStore : ITransactionStore, IDisposable
{
    private readonly string _path;
    private readonly string _directory;
    private readonly FileStream _lock;

    /// <exception cref="IOException">Another process has this queue open, or the directory can't be written.</exception>
    public FileTransactionStore(string path)
    {
        _path = Path.GetFullPath(path);
        _directory = Path.GetDirectoryName(_path)!;
        Directory.CreateDirectory(_directory);
        _lock = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <exception cref="InvalidDataException">The file is damaged. It is left as it is: an empty queue in its place could send twice.</exception>
    public async Task<TxQueueState?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path)) return null;
        try
        {
            await using var file = File.OpenRead(_path);
            if (file.Length > Limits.MaxQueueFileBytes)
                throw new InvalidDataException($"'{_path}' has {file.Length} bytes; a queue has at most {Limits.MaxQueueFileBytes}.");
            var stored = await JsonSerializer.DeserializeAsync(file, TxQueueJson.Default.StoredQueue, cancellationToken);
            return stored is { Version: StoredQueue.CurrentVersion }
                ? stored.Queue
                : throw new InvalidDataException($"'{_path}' has version {stored?.Version}; expected {StoredQueue.CurrentVersion}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"'{_path}' is damaged at line {e.LineNumber + 1}. Restore it from a copy, or move it away when no transaction of this key is pending.", e);
        }
    }

    public async Task SaveAsync(TxQueueState state, CancellationToken cancellationToken)
    {
        var beside = _path + ".new";
        await using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await file.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(new StoredQueue(StoredQueue.CurrentVersion, state), TxQueueJson.Default.StoredQueue), cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
        DirectoryEntries.Flush(_directory);
    }

    public void Dispose() => _lock.Dispose();
}

namespace Grid.Runtime.Storage;

/// <summary>
/// A silo's durable rows in one SQLite file. One thread writes: whatever waits shares a transaction (write-ahead log, flushed at every commit),
/// and nobody is told of a write before its flush. One store has one owner; a second is refused, a displaced one is fenced by its epoch.
/// After a fault the store closes its connections; the next call opens them anew and proves a commit first.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    private readonly string _path;
    private readonly StoreLock _lock;
    private readonly StoreConnections _connections;
    private readonly WriteQueue _queue = new();
    private readonly Thread _thread;
    private volatile string? _fenced;
    private bool _disposed;

    private SqliteStore(string path, StoreLock storeLock, StoreConnections connections)
    {
        _path = path;
        _lock = storeLock;
        _connections = connections;
        _thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "store " + Path.GetFileName(path) };
        _thread.Start();
    }

    public StorageCounters Counters { get; } = new();

    /// <exception cref="StoreInUseException">Another silo has the store open.</exception>
    /// <exception cref="StoreFencedException">The store is in another epoch.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be opened: no SQLite on this machine, no room, another program's file.</exception>
    public static SqliteStore Open(SqliteStoreOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Epoch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSizeMib, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxSizeMib, 1024 * 1024);
        NativeSqlite.EnsureLoaded();
        options = options with { Path = Path.GetFullPath(options.Path) };
        Directory.CreateDirectory(Path.GetDirectoryName(options.Path)!);
        var storeLock = StoreLock.Take(options.Path);
        try
        {
            var connections = new StoreConnections(options);
            connections.Open();
            return new SqliteStore(options.Path, storeLock, connections);
        }
        catch
        {
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Finishes the writes that wait, then lets the file go.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _queue.Close();
        _thread.Join();
        _connections.Dispose();
        _lock.Dispose();
    }

    /// <summary>Done once the write is durable, or refused with what the caller may assume.</summary>
    internal Task<TResult> WriteAsync<TResult>(PendingWrite<TResult> write)
    {
        ThrowIfFenced();
        if (write.PayloadBytes > Limits.PayloadBytes)
            throw new ArgumentException($"A state of {write.PayloadBytes} bytes is too large to store; at most {Limits.PayloadBytes} bytes.", nameof(write));
        _queue.Add(write);
        return write.Done;
    }

    /// <summary>Reads what is committed: every write that was acknowledged before the call, and nothing that is not durable.</summary>
    internal async ValueTask<TResult> ReadAsync<TArgument, TResult>(TArgument argument, Func<Reader, TArgument, TResult> read)
    {
        ThrowIfFenced();
        if (!_connections.AreOpen) await WriteAsync(new Nudge()).ConfigureAwait(false);
        return await _connections.Readers.ReadAsync(argument, read).ConfigureAwait(false);
    }

    private void ThrowIfFenced()
    {
        if (_fenced is { } reason) throw new StoreFencedException(reason);
    }

    private void WriteUntilClosed()
    {
        var batch = new List<PendingWrite>(Limits.BatchRows);
        while (_queue.TakeBatch(batch))
        {
            if (Apply(batch)) Commit(batch);
            batch.Clear();
        }
    }

    /// <returns>Whether every change of the batch is in the open transaction; otherwise the batch has been refused and nothing of it will be written.</returns>
    private bool Apply(List<PendingWrite> batch)
    {
        try
        {
            ThrowIfFenced();
            if (!_connections.AreOpen) _connections.Open();
            _connections.Writer.Begin();
            foreach (var write in batch) write.Apply(_connections.Writer);
            return true;
        }
        catch (StoreFencedException fenced)
        {
            _fenced = fenced.Message;
            _connections.Close();
            FailAll(batch, () => new StoreFencedException(fenced.Message));
        }
        catch (Exception fault)
        {
            _connections.Close();
            FailAll(batch, () => new StoreUnavailableException($"Nothing was written to {_path}: {fault.Message}", fault));
        }
        return false;
    }

    private void Commit(List<PendingWrite> batch)
    {
        try
        {
            _connections.Writer.Commit();
        }
        catch (Exception fault)
        {
            _connections.Close();
            FailAll(batch, () => new OutcomeUnknownException($"The commit to {_path} was cut off, so this write may or may not be durable. Read the state again before going on. {fault.Message}", fault));
            return;
        }
        Counters.Committed(_connections.Writer.RowsChanged);
        foreach (var write in batch) write.Acknowledge();
    }

    private static void FailAll(List<PendingWrite> batch, Func<StoreException> reason)
    {
        foreach (var write in batch) write.Fail(reason());
    }
}

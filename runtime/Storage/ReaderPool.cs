using System.Collections.Concurrent;

namespace Grid.Runtime.Storage;

/// <summary>
/// A few connections that answer reads beside the writer. SQLite shows a commit to readers only after its flush, so what they see is durable.
/// </summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(Limits.Readers);
    private readonly ConcurrentStack<Reader> _idle = new();

    public void Open()
    {
        for (var i = 0; i < Limits.Readers; i++) _idle.Push(Reader.Open(path));
    }

    /// <summary>Waits for the reads that are running; later ones find no connection.</summary>
    public void Close()
    {
        for (var i = 0; i < Limits.Readers; i++) _turns.Wait();
        while (_idle.TryPop(out var reader)) reader.Dispose();
        _turns.Release(Limits.Readers);
    }

    public void Dispose()
    {
        Close();
        _turns.Dispose();
    }

    public async ValueTask<TResult> ReadAsync<TArgument, TResult>(TArgument argument, Func<Reader, TArgument, TResult> read)
    {
        await _turns.WaitAsync().ConfigureAwait(false);
        Reader? reader = null;
        try
        {
            if (!_idle.TryPop(out reader)) throw new StoreUnavailableException($"The store {path} is closed.");
            return read(reader, argument);
        }
        catch (SqliteFault fault)
        {
            throw new StoreUnavailableException($"The store {path} could not be read: {fault.Message}", fault);
        }
        finally
        {
            if (reader is not null) _idle.Push(reader);
            _turns.Release();
        }
    }
}

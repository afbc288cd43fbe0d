namespace Grid.Runtime.Storage;

/// <summary>Writes in order of arrival, bounded in number and bytes; many threads add, the store's own thread takes.</summary>
internal sealed class WriteQueue
{
    private readonly object _gate = new();
    private readonly Queue<PendingWrite> _waiting = new();
    private long _bytes;
    private bool _closed;

    public void Add(PendingWrite write)
    {
        lock (_gate)
        {
            if (_closed) throw new StoreUnavailableException("The store is closed.");
            if (_waiting.Count >= Limits.QueuedWrites) throw new StoreBusyException($"{_waiting.Count} writes are waiting for the disk already; try again later.");
            if (_bytes + write.PayloadBytes > Limits.QueuedBytes) throw new StoreBusyException($"{_bytes} bytes are waiting for the disk already; try again later.");
            _bytes += write.PayloadBytes;
            _waiting.Enqueue(write);
            if (_waiting.Count == 1) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for writes and takes as many as one transaction may carry.</summary>
    /// <returns>False once the queue is closed and empty.</returns>
    public bool TakeBatch(List<PendingWrite> batch)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed) return false;
                Monitor.Wait(_gate);
            }
            for (long bytes = 0; batch.Count < Limits.BatchRows && bytes < Limits.BatchBytes && _waiting.TryDequeue(out var write); bytes += write.PayloadBytes)
                batch.Add(write);
            foreach (var write in batch) _bytes -= write.PayloadBytes;
            return true;
        }
    }

    /// <summary>Refuses further writes; those that wait are still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }
}

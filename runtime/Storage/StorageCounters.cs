namespace Grid.Runtime.Storage;

/// <summary>What a store has made durable since it was opened.</summary>
public sealed class StorageCounters
{
    private long _rowsWritten;
    private long _transactions;

    /// <summary>Rows inserted, changed or deleted by transactions that are durable.</summary>
    public long RowsWritten => Volatile.Read(ref _rowsWritten);

    /// <summary>Transactions that are durable and changed at least one row.</summary>
    public long Transactions => Volatile.Read(ref _transactions);

    internal void Committed(int rows)
    {
        if (rows == 0) return;
        Interlocked.Add(ref _rowsWritten, rows);
        Interlocked.Increment(ref _transactions);
    }
}

namespace Grid.Runtime.Storage;

/// <summary>Every bound of the store. What does not fit is refused with a <see cref="StoreException"/> that says so.</summary>
internal static class Limits
{
    /// <summary>Writes waiting for a transaction; the next one is refused with <see cref="StoreBusyException"/>.</summary>
    public const int QueuedWrites = 16_384;

    /// <summary>Payload bytes waiting for a transaction.</summary>
    public const long QueuedBytes = 64L * 1024 * 1024;

    /// <summary>Rows that share one transaction: enough to hide the flush, few enough that it stays in the milliseconds.</summary>
    public const int BatchRows = 1024;

    /// <summary>Payload bytes after which a transaction is closed.</summary>
    public const long BatchBytes = 4L * 1024 * 1024;

    /// <summary>One state row's payload.</summary>
    public const int PayloadBytes = 1024 * 1024;

    /// <summary>Characters of a state's name, a grain id or a reminder's name.</summary>
    public const int KeyChars = 512;

    /// <summary>Connections that answer reads beside the writer.</summary>
    public const int Readers = 4;

    /// <summary>Reminders that one read returns; more is an error, never a silent cut.</summary>
    public const int ReminderRows = 1_000_000;

    /// <summary>A thread's serialization buffer at first, and the largest one worth keeping.</summary>
    public const int FirstBufferBytes = 4 * 1024;

    /// <inheritdoc cref="FirstBufferBytes"/>
    public const int KeptBufferBytes = 64 * 1024;

    /// <summary>
    /// The largest payload in borrowed memory, and how many are kept of each power of two below it: 16 MiB at most of the usual
    /// sizes.
    /// </summary>
    public const int PooledPayloadBytes = 16 * 1024;

    /// <inheritdoc cref="PooledPayloadBytes"/>
    public const int PooledPayloads = 512;

    /// <summary>How long a statement waits for another process's lock on the file.</summary>
    public const int BusyTimeoutMs = 5_000;

    /// <summary>Pages of write-ahead log (4 KiB each) after which the writer checkpoints.</summary>
    public const int CheckpointPages = 8_000;

    /// <summary>Page cache of the writer; a reader takes an eighth.</summary>
    public const int CacheKib = 64 * 1024;

    /// <summary>Versions that one durable reservation hands out.</summary>
    public const long VersionBlock = 1L << 20;
}

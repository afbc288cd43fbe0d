namespace Grid.Runtime.Storage;

/// <summary>Where a silo keeps its durable state, and as whom it writes.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file; its folder is created. <c>-wal</c>, <c>-shm</c> and <c>.lock</c> lie beside it.</summary>
    public required string Path { get; init; }

    /// <summary>The epoch that every transaction checks, at least 1. Whoever raises the stored one fences this silo.</summary>
    public long Epoch { get; init; } = 1;

    /// <summary>The largest size of the database file; past it writes that need room are refused. 1 MiB to 1 TiB.</summary>
    public int MaxSizeMib { get; init; } = 64 * 1024;

    /// <summary>Carries out a commit. Tests put faults around it; whatever it throws makes the outcome of the whole batch unknown.</summary>
    public Action<Action> CommitThrough { get; init; } = static commit => commit();
}

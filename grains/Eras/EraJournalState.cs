using Grid.Chain.Crypto;

namespace Grid.Eras;

/// <summary>Where this operator is with the eras.</summary>
public sealed record EraJournalState
{
    /// <summary>The first era that is neither committed nor missed.</summary>
    public ulong Next { get; init; }

    /// <summary>The era that ran when this operator first looked: what was before it does not concern it.</summary>
    public bool HasBegun { get; init; }

    public ulong? LastCommitted { get; init; }

    public Hash256 LastRecord { get; init; }
}

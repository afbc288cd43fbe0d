using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Slashing;

namespace Grid.Slashing;

public sealed record SlashingState
{
    /// <summary>Leases of this operator that ended in silence, oldest first.</summary>
    public ImmutableArray<LeaseId> Watched { get; init => field = value.OrEmpty(); } = [];

    public ulong? ExaminedThrough { get; init; }

    /// <summary>What this operator has signed of each lease, its own and others'.</summary>
    public ImmutableSortedDictionary<LeaseId, SignedMark> Marks { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<LeaseId, SignedMark>.Empty;

    /// <summary>Open ones and the latest closed ones, oldest first.</summary>
    public ImmutableArray<SlashCase> Cases { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The shard page that lists this provider; null while there is no open case.</summary>
    public int? ShardPage { get; init; }
}

/// <param name="Fault">The last one that was signed, so that it can be signed again.</param>
public sealed record SignedMark(LeaseMark Mark, Hash256 Fault);

public sealed record SlashCase
{
    /// <summary>The fault's struct hash.</summary>
    public Hash256 Id { get; init; }

    public CaseState State { get; init; }

    public LeaseId Lease { get; init; }

    /// <summary>Of a case that this operator reports.</summary>
    public FaultClaim? Claim { get; init; }

    public ImmutableSortedDictionary<Address, Signature> Votes { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<Address, Signature>.Empty;

    public Money Amount { get; init; }

    public long DecidedAtUnixSeconds { get; init; }

    public SlashShares Shares { get; init; }

    public string? Reason { get; init; }

    public bool IsOpen => State is CaseState.Gathering or CaseState.Submitted or CaseState.Proposed or CaseState.Upheld;
}

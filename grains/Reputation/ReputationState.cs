using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.Reputation;

public sealed record ReputationState
{
    /// <summary>Decayed to <see cref="DecayedAt"/>, in micro-units of burned fees.</summary>
    public long GoodWeight { get; init; }

    public long TotalWeight { get; init; }

    public DateTimeOffset DecayedAt { get; init; }

    /// <summary>The leases counted of late, so that none counts twice; older repeats cannot come, since a lease tells until it is answered.</summary>
    public ImmutableArray<LeaseId> Recent { get; init => field = value.OrEmpty(); } = [];

    public int Tier { get; init => field = value == 0 ? Reputations.FirstTier : value; } = Reputations.FirstTier;

    /// <summary>Unix seconds of the first slot in which this operator heard of the provider.</summary>
    public long? EnrolledSeconds { get; init; }

    /// <summary>This operator's own observations, of the last few eras, in order.</summary>
    public ImmutableArray<EraTally> Tallies { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What the last committed eras said, in order.</summary>
    public ImmutableArray<EraStanding> Concluded { get; init => field = value.OrEmpty(); } = [];

    public int ErasServed { get; init; }

    /// <summary>By the last committed era, cumulative since genesis.</summary>
    public Money Rewards { get; init; }

    /// <summary>Active, on the chain.</summary>
    public Money Stake { get; init; }

    /// <summary>The executed cases of the last 90 days, oldest first.</summary>
    public ImmutableArray<StakeSlash> Slashes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What the provider has announced, in order, with what is over for less than 30 eras.</summary>
    public ImmutableArray<AnnouncedMaintenance> Maintenance { get; init => field = value.OrEmpty(); } = [];
}

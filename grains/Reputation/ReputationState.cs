using System.Collections.Immutable;
using Grid.Protocol;

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
}

using Grid.Protocol;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Reputation;

/// <summary>What a provider's leases came to. Key: the provider's address.</summary>
[Alias("Grid.Reputation.IReputationGrain")]
public interface IReputationGrain : IGrainWithStringKey
{
    /// <summary>Counts a closed lease once, however often it is told. Durable when it returns.</summary>
    [Alias("Record")]
    Task Record(LeaseOutcome outcome);

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetStanding")]
    Task<ReputationStanding> GetStanding();
}

/// <param name="FeeBurned">The outcome's weight: a lease that burned nothing counts for nothing.</param>
[GenerateSerializer, Alias("Grid.Reputation.LeaseOutcome")]
public sealed record LeaseOutcome(LeaseId Lease, bool IsGood, Money FeeBurned, DateTimeOffset ClosedAt);

/// <param name="GoodWeight">Decayed, in micro-units of burned fees.</param>
/// <param name="TotalWeight">Decayed, in micro-units of burned fees.</param>
/// <param name="Tier">1 (most trusted) to 7; a new provider starts in tier 6.</param>
/// <param name="ChallengesPassed">Of the recent eras; no challenges exist before the chain does.</param>
/// <param name="SlashedPpm">Slashed share of the stake in the last 90 days, in parts per million.</param>
[GenerateSerializer, Alias("Grid.Reputation.ReputationStanding")]
public sealed record ReputationStanding(
    long GoodWeight,
    long TotalWeight,
    int Tier,
    int ChallengesPassed,
    int ChallengesMade,
    int ErasServed,
    int SlashedPpm,
    Money Stake);

using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
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

    /// <summary>What this operator heard of the provider in one slot. Silence is never told: it is what remains. Idempotent.</summary>
    [Alias("Observe")]
    Task Observe(SlotReport report);

    /// <summary>How a challenge of this operator ended. Idempotent by era and slot.</summary>
    [Alias("Challenged")]
    Task Challenged(ChallengeOutcome outcome);

    /// <summary>What the operators found together, from a committed era. Idempotent; an older era than the last one changes nothing.</summary>
    [Alias("Conclude")]
    Task Conclude(ulong era, EraRow row);

    // A pure read of acknowledged state.
    /// <returns>Null where this operator had never heard of the provider by then.</returns>
    [AlwaysInterleave]
    [Alias("GetObservation")]
    Task<ProviderObservation?> GetObservation(ulong era);

    /// <summary>Counts an executed case once. Durable when it returns.</summary>
    [Alias("RecordSlash")]
    Task RecordSlash(SlashRecord slash);

    /// <summary>The provider's active stake, as it is final on the chain. Idempotent.</summary>
    [Alias("SetStake")]
    Task SetStake(Money stake);

    /// <summary>The provider announces that it will be away. Durable when it returns, never taken back. Idempotent.</summary>
    /// <returns>Why it does not count; null where it does.</returns>
    [Alias("Announce")]
    Task<string?> Announce(Signed<Maintenance> notice);

    // A pure read of acknowledged state.
    /// <returns>Ascending by time; also what is over for less than 30 eras.</returns>
    [AlwaysInterleave]
    [Alias("GetMaintenance")]
    Task<ImmutableArray<AnnouncedMaintenance>> GetMaintenance();

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetStanding")]
    Task<ReputationStanding> GetStanding();
}

/// <param name="FeeBurned">The outcome's weight: a lease that burned nothing counts for nothing.</param>
[GenerateSerializer, Alias("Grid.Reputation.LeaseOutcome")]
public sealed record LeaseOutcome(LeaseId Lease, bool IsGood, Money FeeBurned, DateTimeOffset ClosedAt);

/// <param name="IsHeard">During at least half of the slot; otherwise at some time in it.</param>
/// <param name="LeasedMilli">Reward multipliers of the devices in open leases of this operator, in thousandths.</param>
/// <param name="CapacityMilli">Of all devices offered.</param>
[GenerateSerializer, Alias("Grid.Reputation.SlotReport")]
public sealed record SlotReport(ulong Era, int Slot, bool IsHeard, uint LeasedMilli, uint CapacityMilli);

[GenerateSerializer, Alias("Grid.Reputation.ChallengeOutcome")]
public sealed record ChallengeOutcome(ulong Era, int Slot, bool IsPassed);

/// <param name="Case">The fault's struct hash.</param>
/// <param name="StakedBefore">Zero without a chain: then the case costs nothing here either.</param>
[GenerateSerializer, Alias("Grid.Reputation.SlashRecord")]
public sealed record SlashRecord(Hash256 Case, Money Amount, Money StakedBefore, DateTimeOffset At);

/// <param name="GoodWeight">Decayed, in micro-units of burned fees.</param>
/// <param name="TotalWeight">Decayed, in micro-units of burned fees.</param>
/// <param name="Tier">1 (most trusted) to 7; a new provider starts in tier 6.</param>
/// <param name="ChallengesPassed">Slots of the recent committed eras in which the provider was up and failed no challenge, by the operators' median.</param>
/// <param name="ChallengesMade">All slots of those eras.</param>
/// <param name="ErasServed">Committed eras with enough uptime for the tier.</param>
/// <param name="SlashedPpm">Slashed share of the stake in the last 90 days, in parts per million.</param>
/// <param name="Maintenance">Announced; null: none.</param>
[GenerateSerializer, Alias("Grid.Reputation.ReputationStanding")]
public sealed record ReputationStanding(
    long GoodWeight,
    long TotalWeight,
    int Tier,
    int ChallengesPassed,
    int ChallengesMade,
    int ErasServed,
    int SlashedPpm,
    Money Stake,
    ImmutableArray<AnnouncedMaintenance>? Maintenance = null)
{
    /// <summary>The first announced window that lies in these seconds; null where none does.</summary>
    public Maintenance? MaintenanceIn(long fromUnixSeconds, long toUnixSeconds) =>
        (Maintenance ?? []).Select(static one => one.Notice.Value).FirstOrDefault(window => window.Meets(fromUnixSeconds, toUnixSeconds));
}


namespace Grid.Reputation;

/// <summary>The rules of reputation from lease outcomes: time-decayed, weighted by burned fees.</summary>
public static class Reputations
{
    /// <summary>Where a new provider starts.</summary>
    public const int FirstTier = 6;

    /// <summary>An outcome counts half after this many days.</summary>
    private const int HalfLifeDays = 30;

    /// <summary>Decay goes in steps of a day: 2^(−1/30) in parts per million, rounded down so that decay never flatters.</summary>
    private const long DailyPpm = 977_159;

    private const int RecentLeases = 256;

    public static Decision<ReputationState, bool> Record(ReputationState state, LeaseOutcome outcome)
    {
        if (state.Recent.Contains(outcome.Lease)) return new(state, false);
        var decayed = Decayed(state, outcome.ClosedAt);
        var recent = decayed.Recent.Length < RecentLeases ? decayed.Recent : decayed.Recent.RemoveAt(0);
        var weight = outcome.FeeBurned.MicroUnits;
        var after = decayed with
        {
            GoodWeight = decayed.GoodWeight + (outcome.IsGood ? weight : 0),
            TotalWeight = decayed.TotalWeight + weight,
            Recent = recent.Add(outcome.Lease),
        };
        return new(after, true, HasChanged: true);
    }

    public static ReputationStanding Standing(ReputationState state, DateTimeOffset now)
    {
        var decayed = Decayed(state, now);
        var (passed, made) = Observing.Recent(state);
        return new ReputationStanding(
            decayed.GoodWeight, decayed.TotalWeight, state.Tier, passed, made, state.ErasServed, StakeSlashes.PpmAt(state, now),
            state.Stake, state.Maintenance.IsEmpty ? null : state.Maintenance);
    }

    private static ReputationState Decayed(ReputationState state, DateTimeOffset now)
    {
        if (now <= state.DecayedAt) return state;
        if (state.TotalWeight == 0) return state with { DecayedAt = now };
        var days = (int)Math.Min((now - state.DecayedAt).TotalDays, HalfLifeDays * 40);
        if (days == 0) return state;
        var (good, total) = (state.GoodWeight, state.TotalWeight);
        for (var day = 0; day < days && total > 0; day++) (good, total) = (AfterADay(good), AfterADay(total));
        return state with { GoodWeight = good, TotalWeight = total, DecayedAt = state.DecayedAt.AddDays(days) };
    }

    private static long AfterADay(long weight) => (long)((Int128)weight * DailyPpm / 1_000_000);
}

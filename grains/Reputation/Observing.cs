using System.Numerics;
using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.Reputation;

/// <summary>The rules of this operator's own observations, and of what the operators found together.</summary>
public static class Observing
{
    /// <summary>An era's book is made right after it; the ones before are kept for those who ask again.</summary>
    private const int KeptTallies = 4;

    private const int KeptStandings = 30;

    public static Decision<ReputationState, bool> Observe(ReputationState state, SlotReport report, EraSchedule schedule)
    {
        var bit = 1UL << report.Slot;
        var tally = TallyOf(state, report.Era);
        if (report.Slot >= schedule.Slots || (tally.Touched & bit) != 0) return new(state, false);
        var (from, to) = schedule.SecondsOf(report.Era, report.Slot, report.Slot);
        var next = tally with
        {
            Touched = tally.Touched | bit,
            Heard = tally.Heard | (report.IsHeard ? bit : 0),
            Units = tally.Units + (report.IsHeard ? report.LeasedMilli * (ulong)(to - from) : 0),
            CapacityMilli = Math.Max(tally.CapacityMilli, report.CapacityMilli),
        };
        var enrolled = state.EnrolledSeconds ?? from;
        return new(With(state, next) with { EnrolledSeconds = Math.Min(enrolled, from) }, true, HasChanged: true);
    }

    public static Decision<ReputationState, bool> Challenged(ReputationState state, ChallengeOutcome outcome)
    {
        var bit = 1UL << outcome.Slot;
        var tally = TallyOf(state, outcome.Era);
        if (outcome.Slot >= EraSchedule.MaxSlots || (tally.Challenged & bit) != 0) return new(state, false);
        var next = tally with { Challenged = tally.Challenged | bit, Failed = tally.Failed | (outcome.IsPassed ? 0 : bit) };
        return new(With(state, next), true, HasChanged: true);
    }

    public static Decision<ReputationState, bool> Conclude(ReputationState state, ulong era, EraRow row, EraRules rules)
    {
        if (!state.Concluded.IsEmpty && state.Concluded[^1].Era >= era) return new(state, false);
        var isRewarded = row.IsObserved && TrustTier.IsRewarded(row.Standing.Tier, row.Leaf.UptimePpm, rules.Tiers);
        var standing = new EraStanding(era, row.Leaf.UptimePpm, row.IsObserved ? rules.Schedule.Slots : 0, isRewarded);
        var kept = state.Concluded.Length < KeptStandings ? state.Concluded : state.Concluded.RemoveAt(0);
        return new(
            state with { Tier = row.Standing.Tier, Concluded = kept.Add(standing), ErasServed = state.ErasServed + (isRewarded ? 1 : 0), Rewards = row.Leaf.Rewards },
            true,
            HasChanged: true);
    }

    /// <returns>Null where the provider was not enrolled by the era's end.</returns>
    public static ProviderObservation? Observation(ProviderId provider, ReputationState state, ulong era, EraSchedule schedule)
    {
        if (state.EnrolledSeconds is not { } enrolled || enrolled >= schedule.EndOf(era)) return null;
        var expected = enrolled <= schedule.StartOf(era) ? schedule.AllSlots : schedule.AllSlots & ~((1UL << schedule.SlotAt(enrolled)) - 1);
        expected &= ~MaintenanceRules.Slots(state.Maintenance, era, schedule);
        var tally = TallyOf(state, era);
        var made = (ushort)BitOperations.PopCount(tally.Challenged);
        var passed = (ushort)BitOperations.PopCount(tally.Challenged & ~tally.Failed);
        return new ProviderObservation(provider, expected, tally.Heard, tally.Touched, tally.Failed, passed, made, tally.Units, tally.CapacityMilli);
    }

    /// <summary>Trials and successes of the recent eras, a slot each.</summary>
    public static (int Passed, int Made) Recent(ReputationState state)
    {
        var (passed, made) = (0L, 0L);
        foreach (var era in state.Concluded)
        {
            passed += (long)era.UptimePpm * era.Slots / EraLeaf.FullPpm;
            made += era.Slots;
        }

        return ((int)passed, (int)made);
    }

    private static EraTally TallyOf(ReputationState state, ulong era) => state.Tallies.FirstOrDefault(tally => tally.Era == era) ?? new EraTally(era, 0, 0, 0, 0, 0, 0);

    private static ReputationState With(ReputationState state, EraTally tally)
    {
        var others = state.Tallies.RemoveAll(other => other.Era == tally.Era);
        if (others.Length >= KeptTallies) others = others.RemoveAt(0);
        return state with { Tallies = others.Add(tally).Sort(static (left, right) => left.Era.CompareTo(right.Era)) };
    }
}

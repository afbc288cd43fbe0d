using Grid.Protocol;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>Row 26: a provider does wrong and takes its stake out as fast as it can; operators report as late as they may.</summary>
public static class EarlyWithdrawals
{
    private const int Stories = 200;

    /// <param name="rules">The contracts' ones, unless a test takes one out.</param>
    public static void Play(World world, CourtRules? rules = null)
    {
        var random = new SimulatedRandom(world.Options.Seed);
        for (var story = 0; story < Stories; story++) Play(world, rules ?? CourtRules.Standard, random, story);
    }

    private static void Play(World world, CourtRules rules, SimulatedRandom random, int story)
    {
        var stake = new Money(random.NextInt64(1, 1_000_000));
        var court = new SimulatedCourt(rules, stake);
        // As in an era of the grid, a fault is shorter than the appeal window.
        var fault = StakeStories.FaultOf(story, from: 1_000, seconds: random.NextInt64(1, rules.AppealSeconds), paid: new Money(random.NextInt64(0, 1_000)));
        var unstakeAt = fault.FromUnixSeconds + random.NextInt64(0, rules.ReportSeconds);
        var reportAt = fault.ToUnixSeconds + random.NextInt64(0, rules.ReportSeconds + 1);
        for (var now = fault.FromUnixSeconds; now <= reportAt + rules.AppealSeconds + rules.UnbondingSeconds; now++)
        {
            // In the worst order: the provider's transaction is always first.
            if (now == unstakeAt) court.RequestUnstake(stake, now);
            court.Withdraw(now);
            if (now == reportAt) court.Propose(fault, fault.Reporter, now);
            if (court.Cases.Count > 0) court.Execute(0, now);
        }

        var owed = rules.Schedule.AmountRoundedUp(stake, Money.Zero, fault.ToUnixSeconds - fault.FromUnixSeconds);
        world.Verdicts.Check(court.Slashed == owed, "INV-SLASH-02", $"story {story}", $"{owed} of {stake} slashed", $"{court.Slashed}, withdrawn {court.Withdrawn}");
        world.Verdicts.Check(court.Slashed + court.Withdrawn == stake, "INV-SLASH-02", $"story {story}", $"the rest of {stake} leaves", $"{court.Withdrawn}");
    }
}

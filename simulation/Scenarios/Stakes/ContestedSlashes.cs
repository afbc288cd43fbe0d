using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>Row 27: slashes copied, sent twice, overlapping, at once from several leases, more than the stake, and caused by oneself; in any order.</summary>
public static class ContestedSlashes
{
    private const int Stories = 200;
    private const int StepsPerStory = 60;

    /// <param name="rules">The contracts' ones, unless a test takes one out.</param>
    public static void Play(World world, CourtRules? rules = null)
    {
        var random = new SimulatedRandom(world.Options.Seed + 1);
        for (var story = 0; story < Stories; story++) Play(world, rules ?? CourtRules.Standard, random, story);
    }

    private static void Play(World world, CourtRules rules, SimulatedRandom random, int story)
    {
        var stake = new Money(random.Chance(0.2) ? random.NextInt64(1, 4) : random.NextInt64(1, 1_000_000));
        var court = new SimulatedCourt(rules, stake);
        var faults = Faults(random);
        var now = 2_000L;
        for (var step = 0; step < StepsPerStory; step++)
        {
            now += random.NextInt64(0, 40);
            var fault = faults[random.Next(faults.Length)];
            switch (random.Next(5))
            {
                case 0: court.RequestUnstake(new Money(random.NextInt64(1, stake.MicroUnits + 1)), now); break;
                case 1: court.Withdraw(now); break;
                case 2: court.Propose(fault, StakeStories.Copycat, now); break;
                case 3: court.Propose(fault, StakeStories.Reporter, now); break;
                default: if (court.Cases.Count > 0) court.Execute(random.Next(court.Cases.Count), now); break;
            }
        }

        var end = now + rules.AppealSeconds;
        for (var number = 0; number < court.Cases.Count; number++) court.Execute(number, end);
        Check(world, court, stake, $"story {story}");
    }

    private static void Check(World world, SimulatedCourt court, Money stake, string story)
    {
        world.Verdicts.Check(court.Slashed <= stake && court.Active >= Money.Zero && court.Unbonding >= Money.Zero, "INV-CHAIN-05", story, $"at most {stake}", $"{court.Slashed} slashed");
        world.Verdicts.Check(
            court.Slashed + court.Withdrawn + court.Active + court.Unbonding == stake, "INV-CHAIN-05", story, $"all of {stake} somewhere", $"{court.Slashed} slashed, {court.Withdrawn} withdrawn");
        world.Verdicts.Check(court.Cases.All(static one => one.Executions == 1), "INV-SLASH-03", story, "each case executed once", string.Join(", ", court.Cases.Select(static one => one.Executions)));
        world.Verdicts.Check(court.Cases.All(static one => one.Fault.Reporter == StakeStories.Reporter), "INV-SLASH-03", story, "the reporter who was signed", "a copy was taken");
        foreach (var lease in court.Cases.GroupBy(static one => one.Fault.Lease))
        {
            var seconds = lease.SelectMany(static one => Enumerable.Range((int)one.Fault.FromUnixSeconds, (int)(one.Fault.ToUnixSeconds - one.Fault.FromUnixSeconds))).ToArray();
            world.Verdicts.Check(seconds.Length == seconds.Distinct().Count(), "INV-SLASH-03", story, "each second of a lease once", $"{seconds.Length - seconds.Distinct().Count()} twice");
        }

        // A provider that is its own tenant and reporter too gets back what it paid itself and its reward: always less than what was taken.
        var back = court.Compensated + court.Rewarded;
        var burned = court.Slashed - back;
        world.Verdicts.Check(burned.MicroUnits * (Int128)5 >= court.Slashed.MicroUnits, "INV-SLASH-03", story, $"a fifth of {court.Slashed} burns", $"{burned}");
    }

    /// <summary>Of three leases, overlapping as they come.</summary>
    private static Fault[] Faults(SimulatedRandom random) =>
    [
        .. Enumerable.Range(0, 12).Select(_ => StakeStories.FaultOf(random.Next(3), 1_000 + random.NextInt64(0, 900), random.NextInt64(1, 300), new Money(random.NextInt64(0, 100_000)))),
    ];
}

using Grid.Accounts;
using Grid.Matching;
using Grid.Protocol;
using Grid.Reputation;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>
/// Row 24: a provider leases to itself to look busy. However it cuts its money into leases, it gains no more standing than it burns in
/// fees, and no more
/// than an honest provider gets for the same fees.
/// </summary>
public static class WashLeases
{
    private const int Plans = 200;
    private const int MostLeases = 300;
    private const int FeePpm = 10_000;

    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="weigh">What a lease counts for, unless a test counts leases: the fee that it burned.</param>
    public static void Play(World world, Func<Money, Money>? weigh = null)
    {
        var random = new SimulatedRandom(world.Options.Seed + 24);
        for (var plan = 0; plan < Plans; plan++) Wash(world, random, plan, weigh ?? (static burned => burned));
    }

    private static void Wash(World world, SimulatedRandom random, int plan, Func<Money, Money> weigh)
    {
        var (washed, burned) = (new ReputationState { DecayedAt = s_start }, Money.Zero);
        var (leases, most) = (random.Next(1, MostLeases), random.Next(1, 1_000_000));
        for (var lease = 0; lease < leases; lease++)
        {
            // From leases too small to cost a fee up to large ones; all of the charge comes back to the washer but the fee.
            var fee = Fee.RoundedDown(new Money(random.Next(0, most)), FeePpm);
            burned += fee;
            washed = Reputations.Record(washed, new LeaseOutcome(LeaseOf(world, plan, lease), true, weigh(fee), s_start.AddMinutes(lease)))
                .State;
        }

        var honest = Reputations.Record(
            new ReputationState { DecayedAt = s_start }, new LeaseOutcome(LeaseOf(world, plan, -1), true, burned, s_start)).State;
        world.Verdicts.Check(
            washed.TotalWeight <= burned.MicroUnits, "INV-REP-01", () =>
                ($"plan {plan} of {leases} leases", $"standing for at most the {burned} that were burned",
                $"{new Money(washed.TotalWeight)}"));
        world.Verdicts.Check(
            FactorOf(washed) <= FactorOf(honest), "INV-REP-01", () =>
                ($"plan {plan} of {leases} leases", $"a factor of at most {FactorOf(honest)}, an honest one's", $"{FactorOf(washed)}"));
    }

    private static int FactorOf(ReputationState state) =>
        ReputationFactor.Of(new Observations(Counted(state.GoodWeight), Counted(state.TotalWeight)), state.Tier);

    private static long Counted(long weight) => Math.Min(weight << WilsonLowerBound.CountBits, WilsonLowerBound.MaxCount);

    private static LeaseId LeaseOf(World world, int plan, int lease) => new(Keys.HashOf(world.Options.Seed, $"wash {plan} {lease}"));
}

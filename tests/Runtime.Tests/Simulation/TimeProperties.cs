using FsCheck;
using FsCheck.Fluent;
using Grid.Runtime.Simulation;

namespace Grid.Tests.Runtime.Simulation;

public sealed class TimeProperties
{
    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_and_then_of_their_creation()
    {
        var delays = Gen.Choose(0, 20).ListOf().ToArbitrary();

        Prop.ForAll(delays, list => Fired(list).SequenceEqual(list.Select((delay, index) => (delay, index)).OrderBy(t => t.delay).Select(t => t.index)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_drawn_number_lies_in_its_range()
    {
        var ranges = Gen.Zip(Gen.Choose(-1000, 1000), Gen.Choose(1, 5000)).ToArbitrary();

        Prop.ForAll(ranges, range =>
        {
            var random = new SimulatedRandom((ulong)range.Item1.GetHashCode());
            var drawn = random.Next(range.Item1, range.Item1 + range.Item2);
            return drawn >= range.Item1 && drawn < range.Item1 + range.Item2;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void One_seed_draws_the_same_numbers_everywhere() =>
        Assert.Equal([0x99EC5F36CB75F2B4, 0xBF6E1F784956452A], new[] { new SimulatedRandom(0) }.SelectMany(r => new[] { r.NextUInt64(), r.NextUInt64() }));

    private static List<int> Fired(List<int> delays)
    {
        using var simulation = new Grid.Runtime.Simulation.Simulation(3, null, silo => silo.AddGrains(typeof(TimeProperties).Assembly));
        List<int> fired = [];
        for (var i = 0; i < delays.Count; i++)
        {
            simulation.Time.CreateTimer(index => fired.Add((int)index!), i, TimeSpan.FromSeconds(delays[i]), Timeout.InfiniteTimeSpan);
        }

        simulation.RunFor(TimeSpan.FromMinutes(1));
        return fired;
    }
}

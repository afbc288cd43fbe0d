using FsCheck;
using FsCheck.Fluent;
using Grid.Pricing;
using Grid.Protocol;

namespace Grid.Tests.Grains.Pricing;

public sealed class GuideSteps
{
    private const int Offered = 1_000_000;

    private static readonly RatePerHour s_base = new(400_000);

    /// <summary>How strongly demand falls with the price, in how many steps leases follow it, and demand at the base price before and
    /// after.</summary>
    private static readonly Gen<(int ElasticityPercent, int LagSteps, int BeforePercent, int AfterPercent)> s_markets =
        from elasticity in Gen.Choose(40, 200)
        from lag in Gen.Choose(1, 8)
        from before in Gen.Choose(40, 120)
        from after in Gen.Choose(40, 120)
        select (elasticity, lag, before, after);

    [Fact]
    public void A_step_of_demand_converges_without_ringing() => Prop.ForAll(s_markets.ToArbitrary(), static market =>
    {
        var simulated = new Market(market.ElasticityPercent / 100.0, market.LagSteps) { Demand = market.BeforePercent / 100.0 };
        simulated.Run(steps: 4_000);
        var start = (double)simulated.Guide;
        simulated.Demand = market.AfterPercent / 100.0;

        var path = simulated.Run(steps: 4_000);

        var end = (double)path[^1];
        var (low, high) = (Math.Min(start, end), Math.Max(start, end));
        Assert.All(path, price => Assert.InRange(price, low * 0.995, high * 1.005));
        Assert.Equal(0, Turns(path, tolerance: 0.002 * high));
        Assert.True(
            simulated.IsAtTarget || simulated.IsAtBound,
            $"it ends at {simulated.Use.Ppm} millionths taken and {GuideStep.RoundedDown(simulated.Guide)}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_step_is_small_and_never_leaves_a_quarter_to_four_times_of_the_start() => Prop.ForAll(
        (from guide in Gen.Choose(100_000, 1_600_000) from leased in Gen.Choose(0, Offered) select (guide, leased)).ToArbitrary(),
            static drawn =>
        {
            var before = (long)drawn.guide << GuideStep.FractionBits;

            var after = GuideStep.Next(before, s_base, new Utilization(Offered, drawn.leased));

            Assert.InRange(after, before - before / 50, before + before / 100);
            Assert.InRange(GuideStep.RoundedDown(after).MicroUnits, s_base.MicroUnits / 4, s_base.MicroUnits * 4);
            var hasRisen = after > before;
            Assert.True(hasRisen ? drawn.leased > 0.7 * Offered : after <= before);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_more_is_taken_of_is_never_cheaper() => Prop.ForAll(
        (from one in Gen.Choose(0, Offered) from other in Gen.Choose(0, Offered) select (one, other)).ToArbitrary(), static drawn =>
        {
            long Next(int leased) => GuideStep.Next(GuideStep.Start(s_base), s_base, new Utilization(Offered, leased));
            Assert.True(drawn.one <= drawn.other ? Next(drawn.one) <= Next(drawn.other) : Next(drawn.one) >= Next(drawn.other));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cheapest_price_moves_too_and_nothing_moves_where_nothing_is_offered()
    {
        var disk = new RatePerHour(50);
        var guide = GuideStep.Start(disk);
        for (var step = 0; step < 20; step++) guide = GuideStep.Next(guide, disk, new Utilization(10, 10));

        Assert.InRange(GuideStep.RoundedDown(guide).MicroUnits, 52, 60);
        Assert.Equal(guide, GuideStep.Next(guide, disk, default));
    }

    [Fact]
    public void History_keeps_the_newest_steps_and_an_hour_each_of_the_rest_and_no_more()
    {
        var guide = RegionGuide.StartingAt(1);
        var start = Some.Now;
        for (var minute = 0; minute < 60 * 24 * 30; minute++) guide = guide.Stepped(minute, 0, start.AddMinutes(minute));

        Assert.Equal((60, 168), (guide.Recent.Length, guide.Sparse.Length));
        Assert.Equal(guide.History.OrderBy(static point => point.At), guide.History);
        Assert.Equal(start.AddMinutes(60 * 24 * 30 - 1), guide.History[^1].At);
        Assert.InRange((guide.History[^1].At - guide.History[0].At).TotalDays, 6.9, 7.1);
    }

    /// <summary>How often the path turns by more than the tolerance.</summary>
    private static int Turns(List<long> path, double tolerance)
    {
        var (turns, direction, extreme) = (0, 0, path[0]);
        foreach (var price in path)
        {
            if (direction >= 0 && price > extreme || direction <= 0 && price < extreme)
            {
                if (direction == 0 && Math.Abs(price - extreme) > tolerance) direction = Math.Sign(price - extreme);
                if (direction != 0) extreme = price;
            }
            else if (Math.Abs(price - extreme) > tolerance)
            {
                (turns, direction, extreme) = (turns + 1, -direction, price);
            }
        }

        return turns;
    }

    /// <summary>Tenants who want less of what is dearer, and whose leases follow what they want with a lag.</summary>
    private sealed class Market(double elasticity, int lagSteps)
    {
        private double _leased;

        public long Guide { get; private set; } = GuideStep.Start(s_base);

        /// <summary>Of what is offered, at the base price.</summary>
        public double Demand { get; set; }

        public Utilization Use => new(Offered, (long)(_leased * Offered));

        public bool IsAtTarget => Math.Abs(Use.Ppm - GuideStep.TargetPpm) < 10_000;

        public bool IsAtBound => Guide <= GuideStep.Start(s_base) / 4 + 1 || Guide >= GuideStep.Start(s_base) * 4 - 1;

        public List<long> Run(int steps)
        {
            var path = new List<long>(steps);
            for (var step = 0; step < steps; step++)
            {
                var wanted = Demand * Math.Pow(GuideStep.Start(s_base) / (double)Guide, elasticity);
                _leased += (Math.Min(1, wanted) - _leased) / lagSteps;
                Guide = GuideStep.Next(Guide, s_base, Use);
                path.Add(Guide);
            }

            return path;
        }
    }
}

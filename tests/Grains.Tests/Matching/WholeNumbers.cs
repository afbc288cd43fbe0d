using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

/// <summary>The integer functions against floating point, and their golden values: the same on every processor.</summary>
public sealed class WholeNumbers
{
    [Fact]
    public void Logarithm_and_exponential_agree_with_floating_point()
    {
        for (var value = 1UL; value < 1UL << 62; value = value * 3 + 1) Assert.Equal(Math.Log(value), FixedPoint.Ln(value) / Math.Pow(2, 48), 1e-10);
        for (var x = 0.0; x < 30; x += 0.37) Assert.Equal(Math.Exp(-x), FixedPoint.ExpOfMinus((long)(x * FixedPoint.One)) / Math.Pow(2, 48), 1e-10);
    }

    [Fact]
    public void The_table_of_logarithms_is_that_of_one_plus_powers_of_two()
    {
        for (var k = 1; k <= FixedPoint.LnOnePlus.Length; k++)
            Assert.Equal(Math.Log(1 + Math.Pow(2, -k)), FixedPoint.LnOnePlus[k - 1] / Math.Pow(2, 48), 1e-13);
    }

    [Fact]
    public void A_ratio_of_the_largest_amounts_is_exact_too()
    {
        Assert.Equal(Factor.One / 2, Factor.RatioRoundedDown(long.MaxValue / 2 + 1, long.MaxValue));
        Assert.Equal(Factor.One - 1, Factor.RatioRoundedDown(long.MaxValue - 1, long.MaxValue));
        Assert.Equal(Factor.One / 2, Factor.RatioRoundedDown(1, 2));
        Assert.Equal(0, Factor.RatioRoundedDown(-1, 2));
        Assert.Equal(Factor.One, Factor.RatioRoundedDown(3, 2));
    }

    [Fact]
    public void The_root_is_rounded_down()
    {
        for (UInt128 value = 0; value < (UInt128)1 << 120; value = value * 5 + 3)
        {
            var root = (UInt128)FixedPoint.SqrtRoundedDown(value);
            Assert.True(root * root <= value && value < (root + 1) * (root + 1));
            if (value <= long.MaxValue) Assert.Equal((long)root, FixedPoint.SqrtRoundedDown((long)value));
        }
    }

    [Fact]
    public void Distances_between_all_regions_agree_with_floating_point_to_two_kilometres()
    {
        var regions = RegionCatalogue.Standard.Regions;
        foreach (var from in regions)
        {
            foreach (var to in regions)
            {
                var (a, b) = (PointOf(from), PointOf(to));
                Assert.InRange(GreatCircle.DistanceKm(a, b), Haversine(a, b) - 2, Haversine(a, b) + 2);
            }
        }
    }

    [Fact]
    public void Nearness_falls_with_distance_and_never_beats_the_region_itself()
    {
        var map = RegionMap.Standard;
        var germany = map.OrdinalOf("germany");

        Assert.Equal(RegionMap.SameRegion, map.Nearness(germany, germany));
        Assert.Equal(RegionMap.SameRegion, map.Nearness(germany, map.OrdinalOf("luxembourg")));
        Assert.InRange(map.Nearness(germany, map.OrdinalOf("us-east")), map.Nearness(germany, map.OrdinalOf("japan")) + 1, RegionMap.SameRegion);
        Assert.Equal(0, map.Nearness(germany, map.OrdinalOf("atlantis")));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 1)]
    [InlineData(95, 100)]
    [InlineData(100, 100)]
    [InlineData(9_999, 10_000)]
    public void Wilson_agrees_with_the_formula(int good, int total)
    {
        const double z = 1.96;
        double n = total, p = good / n;
        var expected = (p + z * z / (2 * n) - z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n);

        Assert.Equal(Math.Max(0, expected), Observations.Whole(good, total).LowerBound / (double)Factor.One, 1e-4);
    }

    [Fact]
    public void Stake_is_log_scaled_and_capped_at_four_medians()
    {
        var median = Money.FromTokens(100);
        Assert.Equal(0, StakeFactor.Of(Money.Zero, median));
        Assert.Equal(Math.Log(2) / Math.Log(5), StakeFactor.Of(median, median) / (double)Factor.One, 1e-4);
        Assert.Equal(Factor.One, StakeFactor.Of(median + median + median + median, median));
        Assert.Equal(Factor.One, StakeFactor.Of(Money.FromTokens(1_000_000), median));
        Assert.Equal(Factor.One, StakeFactor.Of(new Money(1), Money.Zero));
    }

    [Fact]
    public void A_fresh_identity_ranks_no_higher_than_a_slashed_one()
    {
        Assert.Equal(0, SlashFactor.Of(0, erasServed: 0));
        Assert.True(SlashFactor.Of(1_000_000, erasServed: 30) > 0);
        Assert.Equal(Math.Exp(-0.8), SlashFactor.Of(100_000, 30) / (double)Factor.One, 1e-4);
        Assert.Equal(Factor.One / 2, SlashFactor.Of(0, 15));
        Assert.Equal(Factor.One, SlashFactor.Of(0, 300));
    }

    [Fact]
    public void Trust_tiers_step_from_one_for_the_first_to_nothing_for_the_last()
    {
        int[] steps = [.. Enumerable.Range(1, 7).Select(ReputationFactor.StepMilli)];
        Assert.Equal([1000, 850, 750, 600, 550, 500, 0], steps);
    }

    [Fact]
    public void Known_inputs_give_exactly_these_integers()
    {
        Assert.Equal(FixedPoint.Ln2, FixedPoint.Ln(2));
        Assert.Equal(GoldenNumbers.Nearness, new[] { "france", "us-east", "japan", "brazil" }.Select(Nearness));
        Assert.Equal(GoldenNumbers.Wilson, Observations.Whole(95, 100).LowerBound);
        Assert.Equal(GoldenNumbers.Stake, StakeFactor.Of(Money.FromTokens(150), Money.FromTokens(100)));
        Assert.Equal(GoldenNumbers.Slash, SlashFactor.Of(123_456, 29));
        Assert.Equal(GoldenNumbers.Noise, Enumerable.Range(1, 4).Select(number => World.Draw(7).Noise(World.AddressOf(number), 500)));
        var judged = World.Judge(World.Provider(1), World.Order() with { Regions = ["germany"] });
        Assert.Equal(GoldenNumbers.Factors, judged.Factors);
        Assert.Equal(GoldenNumbers.Score, judged.Score);
        Assert.Equal(GoldenNumbers.Ask, judged.Ask.MicroUnits);
    }

    private static int Nearness(string region) => RegionMap.Standard.Nearness(RegionMap.Standard.OrdinalOf("germany"), RegionMap.Standard.OrdinalOf(region));

    private static GeoPoint PointOf(Region region) => new(region.LatitudeCentidegrees, region.LongitudeCentidegrees);

    private static double Haversine(GeoPoint a, GeoPoint b)
    {
        double latA = Radians(a.LatitudeCentidegrees), latB = Radians(b.LatitudeCentidegrees), longitude = Radians(b.LongitudeCentidegrees - a.LongitudeCentidegrees);
        var h = Math.Pow(Math.Sin((latB - latA) / 2), 2) + Math.Cos(latA) * Math.Cos(latB) * Math.Pow(Math.Sin(longitude / 2), 2);
        return 2 * 6371 * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    private static double Radians(int centidegrees) => centidegrees * Math.PI / 18_000;
}

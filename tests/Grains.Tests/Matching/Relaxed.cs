using Grid.Matching;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Matching;

public sealed class Relaxed
{
    private static readonly MatchRequirement s_demanding = World.Order() with
    {
        Mode = OfferMode.Provider,
        Architecture = CpuArchitecture.Amd64,
        Gpus = [new WantedGpu("nvidia", "rtx4090", 20_000, null)],
        Regions = ["germany"],
        TrustTiers = 0b0000_1000,
        Attributes = [new OfferAttribute("host", "akash"), new OfferAttribute("zone", "x")],
        SignedByAnyOf = [World.Provider(900).Owner],
        ComplianceLabels = ["gdpr"],
        MinIsolation = IsolationLevel.Full,
        MaxRoundTripMs = 50,
        MinBandwidthMbps = 100,
        NeedsHostImage = true,
        RunAheadSeconds = 60,
    };

    [Fact]
    public void Each_weakens_its_own_requirement_alone()
    {
        var filters = Relaxations.Of(s_demanding).Select(static relaxation => relaxation.Filter).ToArray();

        Assert.Equal(filters.Order(), filters);
        Assert.Equal(2, filters.Count(static filter => filter == HardFilter.Attributes));
        foreach (
            var expected in (
            HardFilter[])[HardFilter.Mode, HardFilter.GpuModel, HardFilter.Memory, HardFilter.Region, HardFilter.SignedBy,
            HardFilter.PriceCeiling])
            Assert.Contains(expected, filters);
        foreach (var relaxation in Relaxations.Of(s_demanding)) Assert.NotEqual(s_demanding, relaxation.At(relaxation.Least));
    }

    [Theory]
    [InlineData(HardFilter.Cpu)]
    [InlineData(HardFilter.Memory)]
    [InlineData(HardFilter.Storage)]
    [InlineData(HardFilter.Ports)]
    [InlineData(HardFilter.Bandwidth)]
    [InlineData(HardFilter.Isolation)]
    [InlineData(HardFilter.RunAhead)]
    [InlineData(HardFilter.PriceCeiling)]
    public void Less_of_an_amount_fits_whoever_more_of_it_fits(HardFilter filter)
    {
        var relaxation = Relaxations.Of(s_demanding).Single(one => one.Filter == filter);
        var rows = World.Random(seed: 7, count: 200);

        var former = int.MaxValue;
        for (var value = relaxation.Least; value <= relaxation.Most; value += Math.Max(1, (relaxation.Most - relaxation.Least) / 7))
        {
            var query = new MatchQuery(
                relaxation.At(value) with { Attributes = [], TrustTiers = 0, SignedByAnyOf = [], ComplianceLabels = [], Gpus = [] },
                RegionMap.Standard, true);
            var fits = rows.Count(row => query.Judge(row, World.MedianStake).ExcludedBy is null);
            Assert.True(fits <= former, $"{fits} fit at {value}, {former} at less");
            former = fits;
        }
    }

    [Fact]
    public void A_whole_GPU_will_do_for_a_part_of_one()
    {
        var half = World.Order() with { Amounts = World.Order().Amounts with { GpuMillis = 500 }, LargestGpuShareMillis = 500 };

        var whole = Relaxations.Of(half).Single(static relaxation => relaxation.Filter == HardFilter.GpuCount).At(0);

        Assert.Equal((1_000, 1_000), (whole.Amounts.GpuMillis, whole.LargestGpuShareMillis));
    }

    [Fact]
    public void Nothing_is_relaxed_that_was_not_asked_for() => Assert.Equal(
        [HardFilter.Cpu, HardFilter.Memory, HardFilter.Storage, HardFilter.Ports, HardFilter.Token, HardFilter.PriceCeiling],
        Relaxations.Of(World.Order()).Select(static relaxation => relaxation.Filter));
}

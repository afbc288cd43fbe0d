using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Cluster;

public sealed class Screens
{
    private static readonly MatchRequirement s_order = MatchRequirement.Nothing with
    {
        Amounts = new ResourceAmounts(2_000, 4_096, new StorageAmounts(1_024, 0, 0, 0), 0, 1),
        PriceCeiling = new RatePerHour(1_000_000),
    };

    [Fact]
    public void The_nearest_amount_that_would_match_is_found()
    {
        using var world = World.With(nodes: 2);

        var changes = Changes(world, s_order with { Amounts = s_order.Amounts with { MemoryMib = 40_000 } });

        var only = Assert.Single(changes);
        Assert.Equal((HardFilter.Memory, "memory 16384Mi", 2, RatePerHour.Zero), (only.Filter, only.Words, only.Providers, only.Extra));
    }

    [Fact]
    public void The_lowest_price_that_somebody_asks_is_found_to_the_micro_unit()
    {
        using var world = World.With(nodes: 2);

        var changes = Changes(world, s_order with { PriceCeiling = new RatePerHour(50_000) });
        var only = changes[^1];

        // Two cores at 40 000, four GiB at 10 000, one GiB of disk at 1 000.
        Assert.Equal((HardFilter.PriceCeiling, new RatePerHour(121_000), new RatePerHour(71_000)), (only.Filter, only.Ask, only.Extra));
        Assert.Equal((HardFilter.Cpu, RatePerHour.Zero), (changes[0].Filter, changes[0].Extra));
        Assert.Equal($"a price of {new RatePerHour(121_000)}", only.Words);
    }

    [Fact]
    public void What_costs_nothing_more_comes_before_a_higher_price_and_two_faults_have_no_single_remedy()
    {
        using var world = World.With(nodes: 1);

        var region = Changes(world, s_order with { Regions = ["france"] });
        Assert.Equal([HardFilter.Region], region.Select(static change => change.Filter));
        Assert.Empty(Changes(world, s_order with { Regions = ["france"], MinBandwidthMbps = 100_000 }));
    }

    private static System.Collections.Immutable.ImmutableArray<ScreenedChange> Changes(World world, MatchRequirement requirement)
    {
        world.RunTicks(1);
        return world.Ask(grains => new Screening(grains).Changes(requirement));
    }
}

using System.Collections.Immutable;
using Grid.Orders;
using Grid.Pricing;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Providers;
using Grid.Tests.Grains.Providers;

namespace Grid.Tests.Grains.Cluster;

public sealed class GuidePrices
{
    [Fact]
    public void A_price_that_follows_rises_with_what_is_taken_and_the_next_match_sees_it()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var node = world.Nodes[0];
        Change(world, node, 2, new OfferChoices(CpuMillis: 1_100)
            .With(new PriceChoice(PriceKeys.Cpu, new RatePerHour(1_000), new RatePerHour(50_000))));
        var first = world.Tenant.Deploy(Manifests.Web);
        world.Tenant.Await(first, OrderPhase.Leased);
        node.Attach(node.Epoch);
        Assert.InRange(CpuIn(world, "germany").Leased, 800, 1_100);

        world.Until(() => AskedPerCore(world, node) > 10_200, "a higher price", withinTicks: 400);

        var guide = CpuIn(world, "germany");
        Assert.Equal(AskedPerCore(world, node), guide.Guide.MicroUnits);
        Assert.True(guide.History.Length > 3 && guide.History[0].Guide < guide.History[^1].Guide);
        Assert.DoesNotContain(CpuRegions(world), static region => region.Region != "germany");
    }

    [Fact]
    public void A_node_that_is_away_offers_nothing()
    {
        using var world = World.With(nodes: 2);
        foreach (var node in world.Nodes) node.Attach(node.Epoch);
        Assert.Equal(16_000, CpuIn(world, "germany").Offered);

        world.Nodes[0].Disconnect();

        Assert.Equal(8_000, CpuIn(world, "germany").Offered);
    }

    [Fact]
    public void Guide_prices_are_as_they_were_after_a_cold_start()
    {
        using var world = World.With(nodes: 1);
        world.Nodes[0].Attach(world.Nodes[0].Epoch);
        world.RunTicks(60);
        var before = CpuIn(world, "germany");

        world.ColdStart();

        Assert.Equal((before.Guide, before.History.Length), (CpuIn(world, "germany").Guide, CpuIn(world, "germany").History.Length));
        Assert.True(before.Guide < new RatePerHour(10_000), "nothing is taken, so it has fallen");
    }

    private static long AskedPerCore(World world, FakeNode node)
    {
        node.Attach(node.Epoch);
        return node.View().Asked!.PerCore.MicroUnits;
    }

    private static RegionPriceView CpuIn(World world, string region) => CpuRegions(world).Single(one => one.Region == region);

    private static ImmutableArray<RegionPriceView> CpuRegions(World world) =>
        world.Ask(static grains => grains.GetGrain<IPriceGrain>(PriceKeys.Cpu).GetView())!.Regions;

    private static void Change(World world, FakeNode node, ulong version, OfferChoices choices)
    {
        var terms = choices.Applied(node.Terms);
        var signed = SampleOffer.Signed(terms, node.Number, version);
        Assert.Null(
            world.Ask(grains => grains.GetGrain<IProviderGrain>(node.Id.ToString()).ChangeOffer(node.Epoch, signed, terms)).Refusal);
    }
}

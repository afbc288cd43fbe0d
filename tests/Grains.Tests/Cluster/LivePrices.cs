using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Providers;
using Grid.Tests.Grains.Providers;

namespace Grid.Tests.Grains.Cluster;

public sealed class LivePrices
{
    [Fact]
    public void The_next_match_sees_what_a_provider_asks_now()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var node = world.Nodes[0];
        var before = world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased).Lease!.Terms!.Rate;

        Change(world, node, 2, new PriceChoice(PriceKeys.Cpu, new RatePerHour(80_000)));

        var after = world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased).Lease!.Terms!.Rate;
        Assert.True(after > before, $"{after} is asked, {before} before");
    }

    [Fact]
    public void A_price_that_follows_is_asked_at_its_floor_where_the_guide_price_is_lower()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var fixedRate = world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased).Lease!.Terms!.Rate;

        // The guide price of a core starts at a quarter of what is asked.
        Change(world, world.Nodes[0], 2, new PriceChoice(PriceKeys.Cpu, new RatePerHour(40_000), new RatePerHour(90_000)));

        Assert.Equal(fixedRate, world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased).Lease!.Terms!.Rate);
    }

    private static void Change(World world, FakeNode node, ulong version, PriceChoice price)
    {
        var terms = new OfferChoices().With(price).Applied(node.Terms);
        var changed = world.Ask(
            grains =>
            grains.GetGrain<IProviderGrain>(node.Id.ToString())
            .ChangeOffer(node.Epoch, SampleOffer.Signed(terms, node.Number, version), terms));
        Assert.Null(changed.Refusal);
    }
}

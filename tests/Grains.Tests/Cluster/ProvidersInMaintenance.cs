using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Reputation;

namespace Grid.Tests.Grains.Cluster;

public sealed class ProvidersInMaintenance
{
    private const int EraSeconds = 60;

    [Fact]
    public void No_lease_is_placed_that_would_run_into_maintenance_and_what_runs_goes_elsewhere_when_it_begins()
    {
        using var world = Announcing(nodes: 2);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var provider = world.Tenant.Await(deployment, OrderPhase.Leased).Chosen!.Value;
        Assert.Null(Announce(world, provider, from: 80, seconds: 60));
        Assert.NotEmpty(RowsOf(world, provider));

        // Thirty seconds are paid ahead.
        world.RunTicks(55);
        Assert.Empty(RowsOf(world, provider));
        Assert.Equal(provider, world.Tenant.LastOrder(deployment).Chosen);

        world.Until(() => world.Tenant.View(deployment).Orders.Length > 1, "another order", withinTicks: 240);
        Assert.Equal(CloseReason.Maintenance, world.Tenant.View(deployment).Orders[0].Order.CloseReason);
        Assert.NotEqual(provider, world.Tenant.Await(deployment, OrderPhase.Leased).Chosen);
        world.AssertMoneyIsConserved();
    }

    [Fact]
    public void A_provider_that_is_back_is_listed_again()
    {
        using var world = Announcing(nodes: 1);
        var provider = world.Nodes[0].Id;
        Assert.Null(Announce(world, provider, from: 70, seconds: 20));

        world.RunTicks(75);
        Assert.Empty(RowsOf(world, provider));
        world.RunTicks(20);
        Assert.NotEmpty(RowsOf(world, provider));
    }

    [Fact]
    public void What_it_announced_is_expected_of_nobody_and_kept_as_it_was_signed()
    {
        using var world = Announcing(nodes: 1);
        var (provider, start) = (world.Nodes[0].Id, Now(world));
        var schedule = world.Parameters.Eras.Schedule;
        var era = schedule.EraAt(start)!.Value + 2;
        var reputation = world.Grains.GetGrain<IReputationGrain>(provider.ToString());
        world.Do(_ => reputation.Observe(new SlotReport(era - 2, 0, true, 0, 0)));
        var from = schedule.StartOf(era) - start;

        Assert.Null(Announce(world, provider, from, seconds: 10));
        Assert.Null(Announce(world, provider, from, seconds: 10));

        Assert.Equal(schedule.AllSlots & ~0x3FFUL, world.Ask(_ => reputation.GetObservation(era))!.Value.Expected);
        Assert.Equal(schedule.AllSlots, world.Ask(_ => reputation.GetObservation(era + 1))!.Value.Expected);
        var kept = Assert.Single(world.Ask(_ => reputation.GetMaintenance()));
        Assert.True(kept.Notice.IsSignedBy(provider.Value, Some.Identity.Domain));
    }

    [Fact]
    public void Nobody_announces_for_others_nor_too_late()
    {
        using var world = Announcing(nodes: 1);
        var provider = world.Nodes[0].Id;

        Assert.Contains("ahead", Announce(world, provider, from: 30, seconds: 10), StringComparison.Ordinal);
        Assert.Contains("not signed", Announce(world, provider, from: 90, seconds: 10, signer: 2), StringComparison.Ordinal);
        Assert.Empty(world.Ask(grains => grains.GetGrain<IReputationGrain>(provider.ToString()).GetMaintenance()));
    }

    private static World Announcing(int nodes)
    {
        var world = World.With(nodes, new GridParameters
        {
            Tick = TimeSpan.FromSeconds(1),
            DefaultRunAheadSeconds = 30,
            MatchChainLength = 1024,
            Era = TimeSpan.FromSeconds(EraSeconds),
        });
        world.Tenant.Fund(100);
        return world;
    }

    private static string? Announce(World world, ProviderId provider, long from, long seconds, int? signer = null)
    {
        var number = signer ?? world.Nodes.Single(node => node.Id == provider).Number;
        var window = new Maintenance(provider, Now(world) + from, Now(world) + from + seconds);
        var notice = window.Sign(Some.ProviderKey(number), Some.Identity.Domain);
        return world.Ask(grains => grains.GetGrain<IReputationGrain>(provider.ToString()).Announce(notice));
    }

    private static System.Collections.Immutable.ImmutableArray<Grid.Matching.OfferRow> RowsOf(World world, ProviderId provider) =>
        world.Ask(grains => grains.GetGrain<IProviderGrain>(provider.ToString()).GetRows());

    private static long Now(World world) => world.Silo.Time.GetUtcNow().ToUnixTimeSeconds();
}

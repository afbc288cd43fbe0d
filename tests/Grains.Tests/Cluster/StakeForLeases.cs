using Grid.Leases;
using Grid.Orders;
using Grid.Protocol;
using Grid.Providers;
using Grid.Reputation;

namespace Grid.Tests.Grains.Cluster;

/// <summary>Where an operator demands stake, only who can lose something gets leases.</summary>
public sealed class StakeForLeases
{
    private static readonly Money s_least = Money.FromTokens(50);

    private static GridParameters Demanding => new()
    {
        Tick = TimeSpan.FromSeconds(1),
        DefaultRunAheadSeconds = 30,
        MatchChainLength = 1024,
        MinStake = s_least,
    };

    [Fact]
    public void No_lease_opens_below_the_least_stake_and_one_that_runs_goes_on_when_the_stake_leaves()
    {
        using var world = World.With(nodes: 1, Demanding);
        world.Tenant.Fund(100);
        var first = world.Tenant.Deploy(Manifests.Web);
        world.RunTicks(3);
        Assert.Contains("stake", world.Tenant.LastOrder(first).Reason, StringComparison.Ordinal);

        Stake(world, s_least - new Money(1));
        world.RunTicks(2);
        Assert.Contains("stake", world.Tenant.LastOrder(first).Reason, StringComparison.Ordinal);
        Stake(world, s_least);
        var lease = world.Tenant.Await(first, OrderPhase.Leased).Lease!.Lease;

        // As after a slash, or when it was asked to be taken out.
        Stake(world, Money.Zero);
        var second = world.Tenant.Deploy(Manifests.Web);
        var before = world.LeaseOf(lease).BilledSeconds;
        world.RunTicks(60);

        Assert.Equal(LeasePhase.Active, world.LeaseOf(lease).Phase);
        Assert.InRange(world.LeaseOf(lease).BilledSeconds - before, 55, 60);
        Assert.Null(world.Tenant.LastOrder(second).Lease);
        Stake(world, s_least);
        world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased);
    }

    [Fact]
    public void Units_are_counted_only_while_the_stake_is_there()
    {
        using var world = World.With(nodes: 1, Demanding);
        var schedule = world.Parameters.Eras.Schedule;
        var era = schedule.EraAt(world.Silo.Time.GetUtcNow().ToUnixTimeSeconds())!.Value;

        Leased(world, era, slot: 0);
        Stake(world, s_least);
        Leased(world, era, slot: 1);
        Stake(world, Money.Zero);
        Leased(world, era, slot: 2);

        var seen = world.Ask(grains => grains.GetGrain<IReputationGrain>(world.Nodes[0].Id.ToString()).GetObservation(era))!.Value;
        var (from, to) = schedule.SecondsOf(era, 1, 1);
        Assert.Equal((ulong)(to - from) * 1_000, seen.Units);
    }

    [Fact]
    public void Stake_that_comes_before_a_nodes_first_connection_counts_though_the_node_was_asked_about_before()
    {
        using var world = World.With(nodes: 0, Demanding);
        var node = new FakeNode(world, 1);
        Assert.Null(world.Ask(grains => grains.GetGrain<IProviderGrain>(node.Id.ToString()).GetView()));
        world.Do(grains => grains.GetGrain<IReputationGrain>(node.Id.ToString()).SetStake(s_least));
        world.RunTicks(1);

        Assert.Null(node.Connect().Refusal);

        var row = Assert.Single(world.Ask(grains => grains.GetGrain<IProviderGrain>(node.Id.ToString()).GetRows()));
        Assert.Equal(s_least, row.Standing.Stake);
    }

    private static void Leased(World world, ulong era, int slot) => world.Do(
        grains =>
            grains.GetGrain<IReputationGrain>(world.Nodes[0].Id.ToString()).Observe(
                new SlotReport(era, slot, IsHeard: true, 1_000, 1_000)));

    private static void Stake(World world, Money stake) =>
        world.Do(grains => grains.GetGrain<IReputationGrain>(world.Nodes[0].Id.ToString()).SetStake(stake));
}

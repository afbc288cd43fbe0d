using Grid.Deployments;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Views;

namespace Grid.Tests.Grains.Cluster;

public sealed class OrdersThatStand
{
    private static readonly string s_big = Manifests.Web.Replace("units: 1}", "units: 8}", StringComparison.Ordinal);

    [Fact]
    public void An_order_waits_with_its_reason_and_is_matched_as_soon_as_a_node_joins()
    {
        using var world = Patient(nodes: 0);
        var waiting = world.Tenant.Deploy(Manifests.Web);
        world.RunTicks(30);
        var view = world.Tenant.View(waiting);
        Assert.Equal((DeploymentPhase.Open, "no provider is connected."), (view.Phase, view.Orders[0].Order.Reason));
        Assert.Equal(Grid.Protocol.Api.OrderPhase.Standing, OrderStatuses.Of(view.Orders[0], static _ => null).Phase);

        var node = world.Add(1);

        Assert.Equal(node.Id, world.Tenant.Await(waiting, OrderPhase.Leased, withinTicks: 3).Chosen);
    }

    [Fact]
    public void At_its_deadline_it_gives_up()
    {
        using var world = World.With(
            nodes: 0, new GridParameters { Tick = TimeSpan.FromSeconds(1), MatchChainLength = 64, StandingFor = TimeSpan.FromSeconds(40) });
        world.Tenant.Fund(100);
        var waiting = world.Tenant.Deploy(Manifests.Web);
        world.RunTicks(38);
        Assert.Equal(DeploymentPhase.Open, world.Tenant.View(waiting).Phase);

        Assert.Equal(CloseReason.NeverStarted, world.Tenant.AwaitClosed(waiting, withinTicks: 6).Reason);
    }

    [Fact]
    public void Room_that_a_lease_leaves_goes_to_the_oldest_at_once()
    {
        using var world = Patient(nodes: 1);
        var running = world.Tenant.Deploy(s_big);
        world.Tenant.Await(running, OrderPhase.Leased);
        var older = world.Tenant.Deploy(s_big);
        world.RunTicks(4);
        var younger = world.Tenant.Deploy(s_big);
        world.RunTicks(4);

        world.Tenant.Close(running);

        world.Tenant.Await(older, OrderPhase.Leased, withinTicks: 8);
        Assert.Equal(OrderPhase.Open, world.Tenant.LastOrder(younger).Phase);
    }

    [Fact]
    public void A_big_order_is_not_starved_by_small_ones_that_keep_coming()
    {
        using var world = Patient(nodes: 1);
        var small = new Queue<DeploymentId>();
        for (var i = 0; i < 6; i++) small.Enqueue(world.Tenant.Deploy(Manifests.Web));
        foreach (var one in small) world.Tenant.Await(one, OrderPhase.Leased);
        var big = world.Tenant.Deploy(s_big);

        // A small one ends and another comes every three ticks, so that the node is never empty by itself.
        for (var round = 0; round < 40 && world.Tenant.LastOrder(big).Phase != OrderPhase.Leased; round++)
        {
            if (small.Count > 0) world.Tenant.Close(small.Dequeue());
            small.Enqueue(world.Tenant.Deploy(Manifests.Web));
            world.RunTicks(3);
        }

        Assert.Equal(OrderPhase.Leased, world.Tenant.LastOrder(big).Phase);
    }

    private static World Patient(int nodes)
    {
        var world = World.With(
            nodes, new GridParameters { Tick = TimeSpan.FromSeconds(1), DefaultRunAheadSeconds = 30, MatchChainLength = 4096 });
        world.Tenant.Fund(1_000);
        return world;
    }
}

using Grid.Deployments;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol.Signing;
using Grid.Shards;

namespace Grid.Tests.Grains.Cluster;

/// <summary>Everything in memory is gone; what was acknowledged comes back from the store alone.</summary>
public sealed class ColdStarts
{
    [Fact]
    public void A_running_lease_goes_on_and_is_billed_exactly()
    {
        using var world = World.With(nodes: 2);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var order = world.Tenant.Await(deployment, OrderPhase.Leased);
        world.RunTicks(10);
        var before = world.LeaseOf(order.Lease!.Lease);

        world.ColdStart();
        world.RunTicks(10);

        var after = world.LeaseOf(order.Lease.Lease);
        Assert.Equal(LeasePhase.Active, after.Phase);
        Assert.InRange(after.BilledSeconds - before.BilledSeconds, 8, 12);
        Assert.True(after.PaidThroughSeconds >= after.BilledSeconds + 28);
        world.Tenant.Close(deployment);
        var closed = world.Tenant.AwaitClosed(deployment);
        world.RunTicks(2);
        Assert.Equal(Assert.Single(closed.Orders).Order.Lease!.Charged, world.Tenant.Account.Paid + world.Tenant.Account.Burned);
        Assert.Equal(0, world.Tenant.Account.Held.MicroUnits);
        world.AssertMoneyIsConserved();
    }

    [Fact]
    public void A_deployment_that_was_accepted_is_placed_by_the_sweep()
    {
        using var world = World.With(nodes: 1);
        world.Nodes[0].Disconnect();
        world.Nodes[0].IsAway = true;
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        world.ColdStart();
        world.Nodes[0].IsAway = false;
        world.Nodes[0].Connect();

        world.Until(() => world.Nodes[0].Leases.Any(lease => lease.IsStarted), "started lease", withinTicks: 90);

        Assert.Equal(OrderPhase.Leased, world.Tenant.LastOrder(deployment).Phase);
    }

    [Fact]
    public void A_close_that_was_taken_is_carried_out_after_it()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        world.Tenant.Await(deployment, OrderPhase.Leased);
        world.RunTicks(3);
        world.Nodes[0].IsAway = true;
        world.Tenant.Close(deployment);

        world.Nodes[0].IsAway = false;
        world.ColdStart();

        Assert.Equal(CloseReason.Tenant, world.Tenant.AwaitClosed(deployment).Reason);
        world.RunTicks(2);
        Assert.Equal((0, 0), (world.Tenant.Account.Held.MicroUnits, world.Tenant.Account.AuthorizedOpen.MicroUnits));
        Assert.Empty(world.Nodes[0].Leases);
    }

    [Fact]
    public void A_hold_that_was_never_opened_is_freed()
    {
        using var world = World.With(nodes: 1);
        world.Nodes[0].IsMute = true;
        world.Tenant.Fund(100);
        world.Tenant.Deploy(Manifests.Web);
        world.Until(() => world.Nodes[0].Proposals > 0, "proposal");
        Assert.NotEqual(0, world.Tenant.Account.Held.MicroUnits);

        world.Nodes[0].IsAway = true;
        world.ColdStart();
        world.RunTicks(240);

        Assert.Equal(0, world.Tenant.Account.Held.MicroUnits);
        Assert.Equal(0, world.Nodes[0].View().LiveLeases);
    }

    [Fact]
    public void Everything_live_is_listed_and_what_has_ended_is_not()
    {
        using var world = World.With(nodes: 3);
        world.Tenant.Fund(100);
        var (kept, closed) = (world.Tenant.Deploy(Manifests.Web), world.Tenant.Deploy(Manifests.Web));
        var lease = world.Tenant.Await(kept, OrderPhase.Leased).Lease!.Lease;
        world.Tenant.Close(closed);
        Assert.Equal(DeploymentPhase.Closed, world.Tenant.AwaitClosed(closed).Phase);

        // Accounts remember a settlement for a while, and as long the lease stays listed.
        world.RunTicks(250);

        world.ColdStart();

        Assert.Equal([kept.ToString()], world.Ask(grains => Shard.ListAll(grains, ShardKind.Deployments)));
        Assert.Equal([lease.ToString()], world.Ask(grains => Shard.ListAll(grains, ShardKind.Leases)));
        Assert.Equal(world.Nodes.Select(node => node.Id.ToString()).Order(StringComparer.Ordinal), world.Ask(grains => Shard.ListAll(grains, ShardKind.Providers)).Order(StringComparer.Ordinal));
    }
}

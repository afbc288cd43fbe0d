using Grid.Leases;
using Grid.Orders;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Cluster;

public sealed class LostNodes
{
    [Fact]
    public void A_service_is_replaced_as_soon_as_its_node_is_lost_and_the_old_copy_stops_when_it_is_heard_of_again()
    {
        using var world = World.With(nodes: 2);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var first = world.Tenant.Await(deployment, OrderPhase.Leased);
        var lost = world.Nodes.Single(node => node.Id == first.Chosen);
        world.RunTicks(5);

        lost.IsAway = true;
        world.Until(() => world.Tenant.View(deployment).Orders.Length == 2, "second generation", withinTicks: 9);
        var second = world.Tenant.Await(deployment, OrderPhase.Leased, withinTicks: 3);
        Assert.NotEqual(first.Chosen, second.Chosen);
        Assert.Equal((LeasePhase.Closing, CloseReason.Replaced), (world.LeaseOf(first.Lease!.Lease).Phase, world.LeaseOf(first.Lease.Lease).Reason));

        world.RunTicks(3);
        lost.IsAway = false;
        world.Until(() => world.LeaseOf(first.Lease.Lease).Phase == LeasePhase.Closed, "end of the old copy", withinTicks: 4);
        world.RunTicks(3);

        var old = world.LeaseOf(first.Lease.Lease);
        Assert.InRange(old.BilledSeconds, 9, 14);
        Assert.Empty(lost.Leases);
        Assert.Equal(0, lost.View().LiveLeases);
        Assert.Equal(LeasePhase.Active, world.LeaseOf(second.Lease!.Lease).Phase);
        world.AssertMoneyIsConserved();
    }

    [Fact]
    public void A_batch_rolls_over_only_after_its_node_has_had_the_time_to_stop_it()
    {
        using var world = World.With(nodes: 2);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Batch);
        var first = world.Tenant.Await(deployment, OrderPhase.Leased);
        world.RunTicks(5);
        world.Nodes.Single(node => node.Id == first.Chosen).IsAway = true;

        world.RunTicks(world.Parameters.LostTicks);
        Assert.Equal(LeasePhase.Active, world.LeaseOf(first.Lease!.Lease).Phase);

        world.Until(() => world.Tenant.View(deployment).Orders.Length == 2, "second generation", withinTicks: 5);
        Assert.NotEqual(first.Chosen, world.Tenant.Await(deployment, OrderPhase.Leased, withinTicks: 3).Chosen);
        Assert.Equal(CloseReason.ProviderFailed, world.LeaseOf(first.Lease.Lease).Reason);
    }

    [Fact]
    public void A_node_that_never_comes_back_is_settled_by_its_last_receipt_when_all_that_is_paid_has_passed()
    {
        using var world = World.With(nodes: 2);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var first = world.Tenant.Await(deployment, OrderPhase.Leased);
        world.RunTicks(5);
        world.Nodes.Single(node => node.Id == first.Chosen).IsAway = true;

        world.Until(() => world.LeaseOf(first.Lease!.Lease).Phase == LeasePhase.Closing, "closing lease", withinTicks: 9);
        world.RunTicks(20);
        Assert.Equal(LeasePhase.Closing, world.LeaseOf(first.Lease!.Lease).Phase);

        world.Until(() => world.LeaseOf(first.Lease.Lease).Phase == LeasePhase.Closed, "closed lease", withinTicks: 40);
        Assert.InRange(world.LeaseOf(first.Lease.Lease).BilledSeconds, 3, 5);
        world.AssertMoneyIsConserved();
    }

    [Fact]
    public void A_replacement_that_nobody_fits_at_first_is_waited_for()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        world.Tenant.Await(deployment, OrderPhase.Leased);
        world.RunTicks(30);
        world.Nodes[0].IsAway = true;
        world.Until(() => world.Tenant.View(deployment).Orders.Length == 2, "second generation", withinTicks: 9);

        world.RunTicks(3);
        var second = world.Add(2);

        Assert.Equal(second.Id, world.Tenant.Await(deployment, OrderPhase.Leased, withinTicks: 4).Chosen);
    }

    [Fact]
    public void A_tenant_who_closes_while_a_node_is_lost_gets_the_money_back_in_the_end()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        world.Tenant.Await(deployment, OrderPhase.Leased);
        world.RunTicks(5);
        world.Nodes[0].IsAway = true;

        world.Tenant.Close(deployment);
        world.Tenant.AwaitClosed(deployment, withinTicks: 60);
        world.RunTicks(2);

        Assert.Equal((0, 0), (world.Tenant.Account.Held.MicroUnits, world.Tenant.Account.AuthorizedOpen.MicroUnits));
        world.AssertMoneyIsConserved();
    }
}

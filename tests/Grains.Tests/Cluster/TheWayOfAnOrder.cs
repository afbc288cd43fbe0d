using Grid.Deployments;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Reputation;

namespace Grid.Tests.Grains.Cluster;

public sealed class TheWayOfAnOrder
{
    [Fact]
    public void From_submission_to_settlement()
    {
        using var world = World.With(nodes: 3);
        world.Tenant.Fund(tokens: 100);
        var deployment = world.Tenant.Deploy(Manifests.Web);

        var order = world.Tenant.Await(deployment, OrderPhase.Leased);
        Assert.Equal(3, order.Candidates);
        Assert.Equal(LeasePhase.Active, order.Lease!.Phase);
        var node = world.Nodes.Single(node => node.Id == order.Chosen);
        world.RunTicks(20);
        Assert.InRange(world.LeaseOf(order.Lease.Lease).BilledSeconds, 17, 20);

        world.Tenant.Close(deployment);
        var closed = world.Tenant.AwaitClosed(deployment);

        Assert.Equal(CloseReason.Tenant, closed.Reason);
        var lease = Assert.Single(closed.Orders).Order.Lease!;
        Assert.Equal((LeasePhase.Closed, CloseReason.Tenant), (lease.Phase, lease.Reason));
        Assert.Equal(lease.Terms!.Rate.ChargeRoundedDown(lease.BilledSeconds), lease.Charged);
        AssertSettled(world, node, lease);
    }

    [Fact]
    public void A_deployment_looks_at_leases_that_run_every_sixth_tick()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased);
        world.RunTicks(12);

        var before = world.Nodes[0].Nudges;
        world.RunTicks(54);

        // Nine looks, and the shard's minute.
        Assert.InRange(world.Nodes[0].Nudges - before, 8, 11);
    }

    [Fact]
    public void The_lease_is_paid_ahead_while_it_runs()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var lease = world.Tenant.Await(deployment, OrderPhase.Leased).Lease!.Lease;

        for (var minute = 1; minute <= 3; minute++)
        {
            world.RunTicks(60);
            var view = world.LeaseOf(lease);
            Assert.InRange(view.PaidThroughSeconds - view.BilledSeconds, 30 - 2, 30 + 12);
        }
    }

    [Fact]
    public void It_ends_where_the_money_ends_with_at_most_a_tick_unpaid()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        // A token an hour and more is asked for; this pays for about a minute.
        var node = world.Nodes[0];
        var deployment = world.Tenant.Deploy(Manifests.Web.Replace("amount: 1}", "amount: 100}", StringComparison.Ordinal).Replace("units: 1}", "units: 7}", StringComparison.Ordinal), maxTokens: 1);
        world.Tenant.Await(deployment, OrderPhase.Leased);
        var lease = node.Leases.Single();
        var affordable = lease.Proposal.Rate.SecondsCovered(Money.FromTokens(1));

        var closed = world.Tenant.AwaitClosed(deployment, withinTicks: (int)affordable + 60);

        Assert.Equal(CloseReason.Money, closed.Reason);
        var view = Assert.Single(closed.Orders).Order.Lease!;
        Assert.Equal(affordable, view.BilledSeconds);
        AssertSettled(world, node, view);
    }

    [Fact]
    public void A_batch_ends_when_it_has_succeeded()
    {
        using var world = World.With(nodes: 1);
        world.Nodes[0].BatchSeconds = 5;
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Batch);

        var closed = world.Tenant.AwaitClosed(deployment);

        Assert.Equal(CloseReason.Completed, closed.Reason);
        Assert.InRange(Assert.Single(closed.Orders).Order.Lease!.BilledSeconds, 5, 7);
    }

    [Fact]
    public void A_spread_placement_makes_one_order_a_replica()
    {
        using var world = World.With(nodes: 2);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.TwoSpread);

        world.Until(() => world.Tenant.View(deployment).Orders.All(order => order.Order.Phase == OrderPhase.Leased), "two leases");

        var orders = world.Tenant.View(deployment).Orders;
        Assert.Equal([0, 1], orders.Select(order => order.Ordinal));
        Assert.Equal(2, orders.Select(order => order.Order.Lease!.Lease).Distinct().Count());
    }

    [Fact]
    public void A_refusal_moves_on_to_the_next_bid_and_leaves_nothing_held()
    {
        using var world = World.With(nodes: 3);
        var asked = 0;
        foreach (var node in world.Nodes) node.Refuse = () => ++asked <= 2 ? "busy with something else" : null;
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);

        var order = world.Tenant.Await(deployment, OrderPhase.Leased);

        Assert.Equal(2, order.Refusals.Length);
        Assert.All(order.Refusals, refusal => Assert.EndsWith("busy with something else", refusal, StringComparison.Ordinal));
        AssertNothingIsHeldBut(world, order);
    }

    [Fact]
    public void A_node_that_does_not_answer_is_passed_over_when_its_hold_expires()
    {
        using var world = World.With(nodes: 2);
        foreach (var node in world.Nodes) node.IsMute = true;
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        world.Until(() => world.Nodes.Any(node => node.Proposals > 0), "proposal");
        var first = world.Nodes.Single(node => node.Proposals > 0);
        world.Nodes.Single(node => node != first).IsMute = false;

        var order = world.Tenant.Await(deployment, OrderPhase.Leased, withinTicks: world.Parameters.HoldTicks + 3);

        Assert.NotEqual(first.Id, order.Chosen);
        Assert.Contains("did not answer in time", Assert.Single(order.Refusals), StringComparison.Ordinal);
        AssertNothingIsHeldBut(world, order);
    }

    [Fact]
    public void Without_money_nobody_is_left_waiting_and_the_reason_is_said()
    {
        using var world = World.With(nodes: 2);
        var deployment = world.Tenant.Deploy(Manifests.Web);

        var closed = world.Tenant.AwaitClosed(deployment);

        Assert.Equal(CloseReason.Money, closed.Reason);
        var order = Assert.Single(closed.Orders).Order;
        Assert.Contains("deposit more", Assert.Single(order.Refusals), StringComparison.Ordinal);
        Assert.Contains("deposit more", order.Reason, StringComparison.Ordinal);
        Assert.All(world.Nodes, node => Assert.Equal((0, 0), (node.Proposals, node.View().LiveLeases)));
        Assert.Equal((0, 0), (world.Tenant.Account.Held.MicroUnits, world.Tenant.Account.AuthorizedOpen.MicroUnits));
    }

    [Fact]
    public void Where_nobody_fits_it_gives_up_at_its_deadline_with_the_reason()
    {
        using var world = World.With(nodes: 0);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);

        world.RunTicks(5);
        Assert.Equal((DeploymentPhase.Open, "no provider is connected."), (world.Tenant.View(deployment).Phase, world.Tenant.LastOrder(deployment).Reason));

        Assert.Equal(CloseReason.NeverStarted, world.Tenant.AwaitClosed(deployment, withinTicks: 5).Reason);
        Assert.Equal(0, world.Tenant.Account.AuthorizedOpen.MicroUnits);
    }

    [Fact]
    public void A_replica_that_nobody_fits_ends_the_others_without_a_mark_on_their_providers()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.TwoSpread.Replace("units: 1}", "units: 5}", StringComparison.Ordinal));

        var closed = world.Tenant.AwaitClosed(deployment);
        world.RunTicks(2);

        Assert.Equal(CloseReason.NeverStarted, closed.Reason);
        var lease = closed.Orders.Select(order => order.Order.Lease).OfType<LeaseView>().Single();
        Assert.True(lease.Charged > Money.Zero);
        AssertSettled(world, world.Nodes[0], lease);
    }

    [Fact]
    public void Only_the_payer_may_close()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);

        Assert.Null(world.Tenant.Close(deployment, Some.TenantKey(2).Address));
        Assert.Equal(DeploymentPhase.Open, world.Tenant.View(deployment).Phase);
    }

    private static void AssertSettled(World world, FakeNode node, LeaseView lease)
    {
        world.RunTicks(2);
        var payer = world.Tenant.Account;
        Assert.Equal(lease.Charged, payer.Paid + payer.Burned);
        Assert.Equal((0, 0), (payer.Held.MicroUnits, payer.AuthorizedOpen.MicroUnits));
        Assert.Equal(payer.Paid, world.AccountOf(node.Id.Value).Earned);
        Assert.Equal(0, node.View().LiveLeases);
        Assert.Empty(node.Leases);
        var standing = world.Ask(grains => grains.GetGrain<IReputationGrain>(node.Id.ToString()).GetStanding());
        Assert.Equal((payer.Burned.MicroUnits, payer.Burned.MicroUnits), (standing.GoodWeight, standing.TotalWeight));
        world.AssertMoneyIsConserved();
    }

    private static void AssertNothingIsHeldBut(World world, OrderView order)
    {
        Assert.All(world.Nodes, node => Assert.Equal(node.Id == order.Chosen ? 1 : 0, node.View().LiveLeases));
        var rate = order.Lease!.Terms!.Rate;
        Assert.InRange(world.Tenant.Account.Held.MicroUnits, rate.ChargeRoundedDown(30).MicroUnits, rate.ChargeRoundedDown(60).MicroUnits);
    }
}

using Grid.Orders;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Tests.Grains.Providers;
using Orleans.Runtime;

namespace Grid.Tests.Grains.Cluster;

public sealed class Sessions
{
    [Fact]
    public void A_reconnect_raises_the_epoch_and_ends_the_older_session()
    {
        using var world = World.With(nodes: 1);
        var node = world.Nodes[0];

        Assert.Equal(2, node.Connect().Epoch);
        world.RunTicks(1);

        Assert.Equal(2, node.SupersededBy);
    }

    [Fact]
    public void What_an_older_session_says_is_not_heard()
    {
        using var world = World.With(nodes: 1);
        var provider = world.Nodes[0].Id.ToString();
        world.Nodes[0].Connect();

        world.Do(grains => grains.GetGrain<IProviderGrain>(provider).Disconnect(epoch: 1));
        var changed = world.Ask(grains => grains.GetGrain<IProviderGrain>(provider).ChangeOffer(1, SampleOffer.Signed(world.Nodes[0].Terms, 1, version: 2), world.Nodes[0].Terms));

        Assert.True(world.Nodes[0].View().IsConnected);
        Assert.Contains("session epoch is 1, the current one is 2", changed.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_node_has_bound_counts_until_a_hold_would_have_expired()
    {
        using var world = World.With(nodes: 1);
        var node = world.Nodes[0];
        var bindings = new Bindings([], 8_000, 64, default, []);

        world.Do(grains => grains.GetGrain<IProviderGrain>(node.Id.ToString()).Connect(new NodeConnect(
            grains.CreateObjectReference<INodeLink>(node), SampleOffer.Signed(node.Terms, 1), node.Terms, null, "boot", [new NodeBinding(Some.Lease(9), bindings)])));

        Assert.Equal(0, node.View().Free.CpuMillis);
        world.RunTicks(world.Parameters.HoldTicks + 1);
        Assert.Equal(8_000, node.View().Free.CpuMillis);
    }

    [Fact]
    public void Open_leases_that_a_node_does_not_know_are_named()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var lease = world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased).Lease!.Lease;
        var node = world.Nodes[0];
        node.Forget(lease);

        Assert.Equal([lease], node.Connect().Unbound);
    }

    [Fact]
    public void A_node_without_a_session_gets_no_order()
    {
        using var world = World.With(nodes: 2);
        world.Nodes[0].Disconnect();
        world.Tenant.Fund(100);

        var order = world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased);

        Assert.Equal((1, world.Nodes[1].Id), (order.Candidates, order.Chosen!.Value));
    }

    [Fact]
    public void An_activation_that_has_forgotten_its_link_gets_it_back_from_the_session()
    {
        using var world = World.With(nodes: 1);
        var node = world.Nodes[0];
        world.Silo.SplitActivation(GrainId.Create("provider", node.Id.ToString()));
        Assert.False(node.View().IsConnected);

        Assert.True(node.Attach(node.Epoch));

        Assert.Equal((true, node.Epoch), (node.View().IsConnected, node.View().Epoch));
        world.Tenant.Fund(100);
        Assert.Equal(node.Id, world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased).Chosen);
    }

    [Fact]
    public void A_session_that_was_replaced_or_has_ended_is_told_so()
    {
        using var world = World.With(nodes: 1);
        var node = world.Nodes[0];
        node.Connect();
        Assert.False(node.Attach(epoch: 1));

        node.Disconnect();

        Assert.False(node.Attach(node.Epoch));
        Assert.False(node.View().IsConnected);
    }

    [Fact]
    public void What_other_operators_have_bound_is_offered_to_nobody_until_it_is_let_go()
    {
        using var world = World.With(nodes: 1);
        var node = world.Nodes[0];
        node.Attach(node.Epoch, BoundElsewhere.Of([new Bindings([], 8_000, 64, default, [])]));
        Assert.Equal(0, node.View().Free.CpuMillis);
        world.Tenant.Fund(100);
        var waiting = world.Tenant.Deploy(Manifests.Web);
        world.RunTicks(3);
        Assert.Equal(0, node.Proposals);

        node.Attach(node.Epoch, BoundElsewhere.Nothing);

        Assert.Equal(node.Id, world.Tenant.Await(waiting, OrderPhase.Leased).Chosen);
    }

    [Fact]
    public void Pretended_GPUs_are_refused_unless_the_operator_takes_them()
    {
        var pretended = SampleOffer.Terms(1, SampleOffer.Device("a", isPretended: true));
        using var real = new World();
        using var development = new World(real.Parameters with { AcceptsPretendedGpus = true });

        Assert.Contains("pretended", new FakeNode(real, 1).Connect(pretended).Refusal, StringComparison.Ordinal);
        Assert.Null(new FakeNode(development, 1).Connect(pretended).Refusal);
    }
}

using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Orleans.Runtime;

namespace Grid.Tests.Grains.Cluster;

/// <summary>Two activations of an order, of which the older one is in the middle of something.</summary>
public sealed class TakenOverOrders : IDisposable
{
    private readonly World _world = World.With(nodes: 2);

    public TakenOverOrders() => _world.Tenant.Fund(100);

    [Fact]
    public void An_opening_of_the_older_one_that_is_under_way_leaves_no_lease_that_nobody_knows()
    {
        var isOpening = false;
        _world.Faults.SlowStorageLatency = _world.Tick * 20;
        _world.Silo.Storage.WriteBegun += (state, _) =>
        {
            _world.Faults.SlowStorage = state == "lease" && !isOpening ? 1 : 0;
            isOpening |= state == "lease";
        };
        var deployment = _world.Tenant.Deploy(Manifests.Web);
        _world.Until(() => isOpening, "a lease that is being opened");
        var order = _world.Tenant.LastOrder(deployment).Order;
        _world.Silo.SplitActivation(GrainId.Create("order", order.ToString()));
        _world.Silo.SplitActivation(GrainId.Create("deployment", deployment.ToString()));
        _world.Faults.SlowStorage = 0;

        _world.Tenant.Close(deployment);
        _world.Tenant.AwaitClosed(deployment);
        _world.RunTicks(40);

        AssertNothingLeft(order);
    }

    public void Dispose() => _world.Dispose();

    private LeaseView[] Views(OrderId order) => [.. Enumerable.Range(0, _world.Nodes.Count).Select(k => _world.LeaseOf(LeaseIds.Derive(order, (uint)k)))];

    private void AssertNothingLeft(OrderId order)
    {
        Assert.All(Views(order), static view => Assert.True(view.Phase is LeasePhase.None or LeasePhase.Closed, $"lease {view.Lease} is {view.Phase}"));
        Assert.Equal(Money.Zero, _world.AccountOf(_world.Tenant.Payer).Held);
        _world.AssertMoneyIsConserved();
    }
}

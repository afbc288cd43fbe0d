using Grid.Accounts;
using Grid.Gpus;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Reputation;
using Grid.Shards;

namespace Grid.Tests.Grains.Cluster;

/// <summary>The caller did not hear the answer and asks again: the same answer, one effect.</summary>
public sealed class Repeats
{
    [Fact]
    public void With_every_message_doubled_an_order_is_leased_and_billed_once()
    {
        using var world = World.With(nodes: 3);
        world.Faults.MessageDoubling = 1;
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var order = world.Tenant.Await(deployment, OrderPhase.Leased);
        world.RunTicks(10);
        Assert.Equal(1, world.Nodes.Sum(node => node.View().LiveLeases));

        world.Tenant.Close(deployment);
        var closed = world.Tenant.AwaitClosed(deployment);
        world.RunTicks(2);

        var lease = Assert.Single(closed.Orders).Order.Lease!;
        Assert.Equal(order.Lease!.Lease, lease.Lease);
        Assert.Equal(lease.Charged, world.Tenant.Account.Paid + world.Tenant.Account.Burned);
        Assert.Equal((0, 0), (world.Tenant.Account.Held.MicroUnits, world.Tenant.Account.AuthorizedOpen.MicroUnits));
        Assert.Equal(Money.FromTokens(100), world.Tenant.Account.Deposited);
        world.AssertMoneyIsConserved();
    }

    [Fact]
    public void A_submission_twice_is_one_deployment()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var submission = world.Tenant.Sign(Manifests.Web);

        var first = world.Tenant.Submit(submission);
        world.Tenant.Await(FakeTenant.IdOf(submission), OrderPhase.Leased);
        var second = world.Tenant.Submit(submission);

        Assert.Equal((true, true), (first.IsAccepted, second.IsAccepted));
        Assert.Equal(first.Orders, second.Orders);
        Assert.Single(world.Tenant.View(FakeTenant.IdOf(submission)).Orders);
        Assert.Equal(2UL, world.Tenant.Account.NextSequence);
    }

    [Fact]
    public void Two_submissions_with_one_number_are_one_deployment()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var (one, other) = (world.Tenant.Sign(Manifests.Web), world.Tenant.Sign(Manifests.Batch));

        Assert.True(world.Tenant.Submit(one).IsAccepted);

        var refused = world.Tenant.Submit(other);
        Assert.False(refused.IsAccepted);
        Assert.Contains("sequence is 1, expected 2", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_close_twice_is_one_close()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        world.Tenant.Await(deployment, OrderPhase.Leased);

        world.Tenant.Close(deployment);
        var closed = world.Tenant.AwaitClosed(deployment);

        Assert.Equivalent(closed, world.Tenant.Close(deployment));
    }

    [Fact]
    public void A_report_twice_is_one_receipt()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var lease = world.Tenant.Await(deployment, OrderPhase.Leased).Lease!.Lease;
        world.RunTicks(5);
        world.Nodes[0].IsAway = true;
        var before = world.LeaseOf(lease);
        var terms = before.Terms!;
        var last = world.Nodes[0].Leases.Single().LastReceipt;
        var next = new Receipt(lease, last.Seconds + 1, terms.Rate.ChargeRoundedDown(last.Seconds + 1), default, last.Digest(Some.Identity.Domain)).Sign(Some.ProviderKey(1), Some.Identity.Domain);
        var report = new LeaseReport(terms.Provider, lease, next.Value.Seconds, next, [], false);

        var first = world.Ask(grains => grains.GetGrain<ILeaseGrain>(lease.ToString()).Report(report));
        var second = world.Ask(grains => grains.GetGrain<ILeaseGrain>(lease.ToString()).Report(report));

        Assert.NotNull(first.Countersignature);
        Assert.Equal(first, second);
        Assert.Equal(last.Seconds + 1, world.LeaseOf(lease).BilledSeconds);
    }

    [Fact]
    public void The_grains_own_steps_twice_are_one_step()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var terms = world.Tenant.Await(deployment, OrderPhase.Leased).Lease!.Terms!;
        var (payer, provider) = (world.Tenant.Payer, world.Nodes[0].Id);

        Twice(world, grains => grains.GetGrain<ILeaseGrain>(terms.Lease.ToString()).Reserve(terms));
        Twice(world, grains => grains.GetGrain<ILeaseGrain>(terms.Lease.ToString()).Abandon(terms));
        Twice(world, grains => grains.GetGrain<IProviderGrain>(provider.ToString()).Confirm(terms.Lease));
        Twice(world, grains => grains.GetGrain<IAccountGrain>(payer.ToString()).Hold(new MoneyHold(Some.Lease(7), deployment, new Money(1_000), new Money(1))));
        Twice(world, grains => grains.GetGrain<IAccountGrain>(payer.ToString()).Settle(new LeaseCharge(Some.Lease(7), deployment, new Money(500), 10_000)));
        Twice(world, grains => grains.GetGrain<IGpuGrain>(new GpuKey(provider, "a").ToString()).Hold(new GpuHold(Some.Lease(7), 500, 1_000, Some.Now.AddDays(1))));
        Twice(world, grains => grains.GetGrain<IGpuGrain>(new GpuKey(provider, "a").ToString()).Confirm(Some.Lease(7)));
        Twice(world, grains => grains.GetGrain<IShardGrain>("Leases/00/0").Join("x"));
        world.Do(grains => grains.GetGrain<IReputationGrain>(provider.ToString()).Record(new LeaseOutcome(Some.Lease(7), true, new Money(9), Some.Now)));
        world.Do(grains => grains.GetGrain<IReputationGrain>(provider.ToString()).Record(new LeaseOutcome(Some.Lease(7), true, new Money(9), Some.Now)));

        Assert.Equal(500, (world.Tenant.Account.Paid + world.Tenant.Account.Burned).MicroUnits);
        Assert.Equal(500, world.Ask(grains => grains.GetGrain<IGpuGrain>(new GpuKey(provider, "a").ToString()).GetView()).LeasedMillis);
        Assert.Equal(["x"], world.Ask(grains => grains.GetGrain<IShardGrain>("Leases/00/0").List()).Members);
        Assert.Equal(9, world.Ask(grains => grains.GetGrain<IReputationGrain>(provider.ToString()).GetStanding()).TotalWeight);
        Assert.Equal(LeasePhase.Active, world.LeaseOf(terms.Lease).Phase);
    }

    [Fact]
    public void A_repeat_is_not_answered_before_the_first_effect_is_durable()
    {
        using var world = World.With(nodes: 0);
        world.Tenant.Fund(100);
        var deployment = world.Tenant.Deploy(Manifests.Web);
        var hold = new MoneyHold(Some.Lease(7), deployment, new Money(1_000), new Money(1));
        var answers = 0;
        world.Faults.SlowStorage = 1;
        for (var caller = 0; caller < 2; caller++)
        {
            _ = world.Silo.Spawn("caller", async () =>
            {
                Assert.Equal(1_000, (await world.Grains.GetGrain<IAccountGrain>(world.Tenant.Payer.ToString()).Hold(hold)).GrantedTotal.MicroUnits);
                answers++;
            });
        }

        world.RunTicks(3);
        Assert.Equal(0, answers);

        world.Until(() => answers == 2, "answers", withinTicks: 20);
    }

    private static void Twice<T>(World world, Func<Orleans.IGrainFactory, Task<T>> call) => Assert.Equal(world.Ask(call), world.Ask(call));
}

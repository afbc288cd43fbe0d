using FsCheck;
using FsCheck.Fluent;
using Grid.Deployments;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Deployments;

public sealed class Rollovers
{
    private static readonly GridParameters Parameters = new() { StandingFor = TimeSpan.FromMinutes(1) };
    private static readonly OrderSlot Slot = new("anywhere", 0, 0, [], [], false, Some.Now);

    [Theory]
    [InlineData(CloseReason.Replaced)]
    [InlineData(CloseReason.ProviderFailed)]
    [InlineData(CloseReason.Maintenance)]
    public void A_lease_that_its_provider_lost_makes_the_next_generation_elsewhere(CloseReason reason)
    {
        var next = Rollover.After(Slot, Order(OrderPhase.Leased, LeasePhase.Closing, reason), DeploymentPhase.Open, Parameters, Some.Now.AddHours(1));

        Assert.Equal((1, false, Some.Now.AddHours(1)), (next.Generation, next.IsDone, next.PlacedAt));
        Assert.Equal([0], next.Former);
        Assert.Equal([Some.Provider(1)], next.Failed);
    }

    [Theory]
    [InlineData(CloseReason.Completed)]
    [InlineData(CloseReason.Duration)]
    [InlineData(CloseReason.Money)]
    [InlineData(CloseReason.WorkloadFailed)]
    public void A_lease_that_ended_by_itself_ends_its_slot(CloseReason reason) =>
        Assert.Equal(Slot with { IsDone = true }, Rollover.After(Slot, Order(OrderPhase.Closed, LeasePhase.Closed, reason), DeploymentPhase.Open, Parameters, Some.Now));

    [Fact]
    public void An_order_that_everybody_refused_is_tried_anew_at_once_and_later_after_growing_pauses()
    {
        var refused = Order(OrderPhase.Unmatched);
        var slot = Slot;
        for (var generation = 1; generation <= 4; generation++)
        {
            slot = Rollover.After(slot, refused, DeploymentPhase.Open, Parameters, Some.Now);
            Assert.Equal(generation, slot.Generation);
        }

        Assert.Empty(slot.Failed);
        Assert.Equal(slot, Rollover.After(slot, refused, DeploymentPhase.Open, Parameters, Some.Now));
        var fifth = Rollover.After(slot, refused, DeploymentPhase.Open, Parameters, Some.Now + Parameters.Tick);
        Assert.Equal(5, fifth.Generation);
        Assert.Equal(fifth, Rollover.After(fifth, refused, DeploymentPhase.Open, Parameters, fifth.PlacedAt + Parameters.Tick));
        Assert.Equal(6, Rollover.After(fifth, refused, DeploymentPhase.Open, Parameters, fifth.PlacedAt + Parameters.Tick * 2).Generation);
    }

    [Fact]
    public void A_closing_deployment_waits_for_its_orders_and_starts_no_new_ones()
    {
        var lost = Order(OrderPhase.Leased, LeasePhase.Closing, CloseReason.Replaced);

        Assert.Equal(Slot, Rollover.After(Slot, lost, DeploymentPhase.Closing, Parameters, Some.Now));
        Assert.True(Rollover.After(Slot, lost with { Phase = OrderPhase.Closed }, DeploymentPhase.Closing, Parameters, Some.Now).IsDone);
        Assert.True(Rollover.After(Slot, Order(OrderPhase.Unmatched), DeploymentPhase.Closing, Parameters, Some.Now).IsDone);
    }

    [Fact]
    public void Whatever_its_orders_come_to_a_slot_ends_after_sixteen_generations()
    {
        var outcome = Gen.Elements(
            Order(OrderPhase.Unmatched),
            Order(OrderPhase.Closed, LeasePhase.Closed, CloseReason.ProviderFailed),
            Order(OrderPhase.Closed, LeasePhase.Closed, CloseReason.Replaced));
        Prop.ForAll(outcome.ArrayOf(40).ToArbitrary(), outcomes =>
        {
            var slot = Slot;
            foreach (var order in outcomes) slot = Rollover.After(slot, order, DeploymentPhase.Open, Parameters, slot.PlacedAt + Parameters.Tick * 16);
            Assert.True(slot.IsDone);
            Assert.Equal(15, slot.Generation);
            Assert.Equal(Enumerable.Range(0, 15), slot.Former);
            Assert.Equal(slot.Failed.Distinct(), slot.Failed);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void It_gives_up_when_nobody_has_fitted_for_as_long_as_an_order_stands_in_this_generation()
    {
        var unmatched = Order(OrderPhase.Open) with { Reason = "no provider fits" };
        var late = Slot with { PlacedAt = Some.Now.AddHours(5) };

        Assert.False(Rollover.HasGivenUp(Slot, unmatched, Parameters, Some.Now.AddSeconds(60)));
        Assert.True(Rollover.HasGivenUp(Slot, unmatched, Parameters, Some.Now.AddSeconds(61)));
        Assert.False(Rollover.HasGivenUp(late, unmatched, Parameters, Some.Now.AddHours(5).AddSeconds(60)));
        Assert.False(Rollover.HasGivenUp(Slot, Order(OrderPhase.Open), Parameters, Some.Now.AddDays(1)));
    }

    [Fact]
    public void A_deployment_ends_for_the_first_reason_that_is_not_completion()
    {
        var completed = Order(OrderPhase.Closed, LeasePhase.Closed, CloseReason.Completed);

        Assert.Equal(CloseReason.Completed, Rollover.ReasonOf([completed, completed]));
        Assert.Equal(CloseReason.Money, Rollover.ReasonOf([completed, Order(OrderPhase.Closed, LeasePhase.Closed, CloseReason.Money)]));
        Assert.Equal(CloseReason.NeverStarted, Rollover.ReasonOf([completed, Order(OrderPhase.Unmatched)]));
    }

    private static OrderView Order(OrderPhase phase, LeasePhase lease = LeasePhase.None, CloseReason reason = CloseReason.None)
    {
        var terms = Leases.SampleLease.Terms();
        var needsReplacement = reason is CloseReason.Replaced or CloseReason.ProviderFailed or CloseReason.Maintenance;
        var view = lease == LeasePhase.None ? null : new LeaseView(terms.Lease, lease, terms, Some.Now, null, null, 0, default, 0, needsReplacement, reason, []);
        return new OrderView(Some.Order(1), phase, 1, terms.Provider, view, [], null, null, null, null);
    }
}

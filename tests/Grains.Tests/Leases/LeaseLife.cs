using Grid.Leases;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Leases;

public sealed class LeaseLife
{
    private static readonly GridParameters Parameters = new();

    [Fact]
    public void A_lease_goes_on_while_it_is_paid() => Assert.Equal(CloseReason.None, Lease.DueReason(SampleLease.Open(), 3599));

    [Fact]
    public void It_ends_where_the_money_ends() => Assert.Equal(CloseReason.Money, Lease.DueReason(SampleLease.Open(), 3600));

    [Fact]
    public void It_ends_where_its_duration_ends() => Assert.Equal(CloseReason.Duration, Lease.DueReason(SampleLease.Open(SampleLease.Terms(durationSeconds: 60), 60), 60));

    [Fact]
    public void A_batch_ends_when_every_service_has_succeeded()
    {
        var batch = SampleLease.Open(SampleLease.Terms(isBatch: true));
        var half = Lease.WithServices(batch, [SampleLease.Service(ServicePhase.Succeeded, name: "a"), SampleLease.Service(ServicePhase.Running, name: "b")], Some.Now);
        var all = Lease.WithServices(half, [SampleLease.Service(ServicePhase.Succeeded, name: "b")], Some.Now);

        Assert.Equal(CloseReason.None, Lease.DueReason(batch, 1));
        Assert.Equal(CloseReason.None, Lease.DueReason(half, 1));
        Assert.Equal(CloseReason.Completed, Lease.DueReason(all, 1));
    }

    [Fact]
    public void A_service_that_succeeds_does_not_end_a_lease_that_is_no_batch() =>
        Assert.Equal(CloseReason.None, Lease.DueReason(Lease.WithServices(SampleLease.Open(), [SampleLease.Service(ServicePhase.Succeeded)], Some.Now), 1));

    [Fact]
    public void A_workload_that_failed_for_good_ends_the_lease() =>
        Assert.Equal(CloseReason.WorkloadFailed, Lease.DueReason(Lease.WithServices(SampleLease.Open(), [SampleLease.Service(ServicePhase.Failed)], Some.Now), 1));

    [Fact]
    public void A_late_report_of_an_earlier_phase_or_attempt_changes_nothing()
    {
        var state = Lease.WithServices(SampleLease.Open(), [SampleLease.Service(ServicePhase.Succeeded, attempt: 2)], Some.Now);

        var late = Lease.WithServices(state, [SampleLease.Service(ServicePhase.Failed, attempt: 1), SampleLease.Service(ServicePhase.Running, attempt: 2)], Some.Now);

        Assert.Equal(SampleLease.Service(ServicePhase.Succeeded, attempt: 2), Assert.Single(late.Services));
    }

    [Fact]
    public void It_has_started_when_the_first_service_left_pending()
    {
        var pending = Lease.WithServices(SampleLease.Open(), [SampleLease.Service(ServicePhase.Pending)], Some.Now);
        var running = Lease.WithServices(pending, [SampleLease.Service(ServicePhase.Running)], Some.Now.AddSeconds(3));

        Assert.Null(pending.StartedAt);
        Assert.Equal(Some.Now.AddSeconds(3), Lease.WithServices(running, [SampleLease.Service(ServicePhase.Stopped)], Some.Now.AddSeconds(9)).StartedAt);
    }

    [Fact]
    public void The_first_reason_to_close_stays()
    {
        var closing = Lease.Close(SampleLease.Open(), CloseReason.Tenant, 10, null!, Some.Now);

        Assert.Same(closing, Lease.Close(closing, CloseReason.Money, 20, null!, Some.Now));
        Assert.Equal(CloseReason.None, Lease.DueReason(closing, 9_999));
    }

    [Fact]
    public void Only_a_closing_lease_can_be_closed()
    {
        var open = SampleLease.Open();
        Assert.Same(open, Lease.Closed(open, Some.Now));

        var closed = Lease.Closed(Lease.Close(open, CloseReason.Tenant, 10, null!, Some.Now), Some.Now);
        Assert.Equal((LeasePhase.Closed, Some.Now), (closed.Phase, closed.ClosedAt));
        Assert.Same(closed, Lease.Closed(closed, Some.Now.AddDays(1)));
    }

    [Theory]
    [InlineData(5, 7, 7)]
    [InlineData(9, 7, 9)]
    [InlineData(5_000, 7, 3_600)]
    [InlineData(5, 5_000, 3_600)]
    public void It_closes_at_what_can_have_passed_and_never_past_what_is_paid(long reported, long plausible, long expected) =>
        Assert.Equal(expected, Lease.CloseSecondsAt(SampleLease.Open(), reported, plausible));

    [Theory]
    [InlineData(PartitionRule.Keep, 59, false)]
    [InlineData(PartitionRule.Keep, 60, true)]
    [InlineData(PartitionRule.Stop, 79, false)]
    [InlineData(PartitionRule.Stop, 80, true)]
    public void A_node_silent_for_six_ticks_is_lost_and_one_that_must_stop_by_itself_gets_two_more(PartitionRule rule, int silentSeconds, bool isLost) =>
        Assert.Equal(isLost, Lease.IsLost(SampleLease.Open(SampleLease.Terms(rule: rule)), TimeSpan.FromSeconds(silentSeconds), Parameters));

    [Theory]
    [InlineData(CloseReason.Tenant, true)]
    [InlineData(CloseReason.Money, true)]
    [InlineData(CloseReason.WorkloadFailed, true)]
    [InlineData(CloseReason.ProviderFailed, false)]
    [InlineData(CloseReason.Replaced, false)]
    public void Only_what_the_provider_did_speaks_against_it(CloseReason reason, bool isGood) => Assert.Equal(isGood, Lease.IsGoodOutcome(reason));
}

using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

/// <summary>A lease of at most one copy stops by itself before its operator may start another, whatever is dead or cut off.</summary>
public sealed class AtMostOneCopy
{
    private const long LostMs = 6000;

    private static readonly PrivateKey A = Sample.OperatorA;

    [Fact]
    public void The_supervisor_is_told_to_stop_it_once_its_operator_may_have_given_it_up()
    {
        using var node = new NodeWorld();
        node.Run(A, 1, paidSeconds: 600);
        node.Run(A, 2, paidSeconds: 600, Sample.Proposal(A, 2, Sample.Manifest(Sample.Batch(onPartition: OnPartition.Keep))));
        node.PassHeardBy(A, 5);
        var heardAt = node.Stored.Leases[Sample.Lease(1)].Heard!.Ms;

        node.Pass(2);

        Assert.InRange(heardAt, 3000, 5000);
        Assert.Equal(node.Stored.Leases[Sample.Lease(1)].Heard!.Ms + LostMs, node.StopAtMs[Sample.Lease(1)]);
        Assert.Equal(node.Lease(2).StartedBootMs + 600_000, node.StopAtMs[Sample.Lease(2)]);
        Assert.Null(node.Lease(2).Heard);
    }

    [Fact]
    public void A_node_that_was_dead_for_longer_than_that_does_not_take_it_up_again()
    {
        using var node = new NodeWorld();
        node.Tell(static grain => grain.Welcomed(A.Address, 1000, saysWhatItHeard: false));
        node.Run(A, 1, paidSeconds: 600);
        node.PassHeardBy(A, 3);

        node.Down(seconds: 7);
        node.Pass(2);

        Assert.Contains(Sample.Lease(1), node.Stops);
        Assert.Equal(CloseReason.ProviderFailed, node.Lease(1).EndReason);
    }

    [Fact]
    public void A_node_that_is_back_sooner_counts_on_and_knows_its_operators_tick_before_that_one_is_back()
    {
        using var node = new NodeWorld();
        node.Tell(static grain => grain.Welcomed(A.Address, 5000, saysWhatItHeard: false));
        node.Run(A, 1, paidSeconds: 600);
        node.PassHeardBy(A, 6);

        node.Down(seconds: 10);
        node.Pass(10);
        Assert.Empty(node.Stops);

        node.Pass(12);
        Assert.Contains(Sample.Lease(1), node.Stops);
    }

    [Fact]
    public void A_lease_that_goes_unheard_stops_though_its_operator_hears_of_the_others()
    {
        using var node = new NodeWorld();
        node.Tell(static grain => grain.Welcomed(A.Address, 1000, saysWhatItHeard: true));
        node.Run(A, 1, paidSeconds: 600);
        node.Run(A, 2, paidSeconds: 600);

        for (var second = 0; second < 8; second++)
        {
            node.Pass(1);
            var beat = node.Heard<Heartbeat>(A).Last().Leases.Single(static lease => lease.Lease == Sample.Lease(2));
            node.Tell(grain => grain.Take(A.Address, new LeaseHeard(beat.Lease, beat.AtBootMs!.Value)));
            node.Tell(grain => grain.Take(A.Address, new HeartbeatSeen(0)));
        }

        Assert.Contains(Sample.Lease(1), node.Stops);
        Assert.DoesNotContain(Sample.Lease(2), node.Stops);
        Assert.Equal((CloseReason.ProviderFailed, CloseReason.None), (node.Lease(1).EndReason, node.Lease(2).EndReason));
    }

    [Fact]
    public void What_an_operator_says_it_heard_lies_never_ahead_and_is_its_own_lease()
    {
        using var node = new NodeWorld();
        node.Tell(static grain => grain.Welcomed(A.Address, 1000, saysWhatItHeard: true));
        node.Run(A, 1, paidSeconds: 600);
        node.Tell(static grain => grain.Take(Sample.OperatorB.Address, new LeaseHeard(Sample.Lease(1), long.MaxValue)));
        var before = node.Lease(1).Heard!.Ms;
        node.Pass(1);
        Assert.Equal(before, node.Lease(1).Heard!.Ms);

        node.Tell(static grain => grain.Take(A.Address, new LeaseHeard(Sample.Lease(1), long.MaxValue)));
        node.Pass(1);

        Assert.InRange(node.Lease(1).Heard!.Ms, before + 1, node.NowMs);
    }

    [Fact]
    public void What_the_supervisor_stopped_unheard_is_the_providers_failure_and_not_the_end_of_the_money()
    {
        using var node = new NodeWorld();
        node.Run(A, 1, paidSeconds: 600);
        node.PassHeardBy(A, 2);
        var stoppedMs = node.Lease(1).Heard!.Ms + LostMs;

        node.Down(seconds: 20);
        node.Ended(1, 143, CloseReason.Money, endedMs: stoppedMs, startedMs: node.Lease(1).StartedBootMs!.Value);

        Assert.Equal(CloseReason.ProviderFailed, node.Lease(1).EndReason);
        Assert.InRange(node.Lease(1).Seconds, 1, stoppedMs / 1000);
    }

    [Fact]
    public void After_a_boot_nobody_can_say_how_long_it_was_silent_so_it_does_not_start()
    {
        using var node = new NodeWorld();
        var answer = node.Propose(A, Sample.Proposal(A, 1));
        node.Tell(grain => grain.Take(A.Address, Sample.Open(A, answer.Accepted!, 60)));

        node.Restart(boots: true);

        Assert.Equal(0, Partition.StopAtBootMs(node.Lease(1), node.BootId, node.NowMs));
    }
}

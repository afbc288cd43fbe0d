using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

/// <summary>The node's process dies in the middle of leases, and another takes over what lies on the disk.</summary>
public sealed class NodeThatRestarts
{
    private static readonly PrivateKey A = Sample.OperatorA;
    private static readonly PrivateKey B = Sample.OperatorB;

    [Fact]
    public void Running_leases_are_adopted_none_is_closed_and_none_is_sold_twice()
    {
        using var node = new NodeWorld();
        var half = Sample.BindingsOf(Sample.Manifest()) with { CpuMillis = 2000 };
        node.Run(A, 1, proposal: Sample.Proposal(A, 1, bindings: half));
        node.Run(B, 2, proposal: Sample.Proposal(B, 2, bindings: half));
        node.PassHeardBy(A, 2);
        var started = node.Lease(1).StartedBootMs;

        node.Restart();
        node.Seen(1, WorkloadPhase.Running, started);
        node.Seen(2, WorkloadPhase.Running, node.Lease(2).StartedBootMs);
        node.PassHeardBy(A, 2);

        Assert.Equal(NodeLeasePhase.Running, node.Lease(1).Phase);
        Assert.InRange(node.Lease(1).Seconds, 3, 5);
        Assert.Equal(RefusalCode.CapacityBound, node.Propose(B, Sample.Proposal(B, 3, bindings: half)).Refusal!.Code);
        Assert.Equal(2ul, node.Stored.LastToken.Value);
        Assert.Empty(node.Starts);
        Assert.Equal([Sample.Lease(1)], node.Ask(grain => grain.Connected(A.Address)).Select(static bound => bound.Lease));
    }

    [Fact]
    public void A_start_that_an_earlier_process_began_is_begun_again()
    {
        using var node = new NodeWorld();
        var answer = node.Propose(A, Sample.Proposal(A, 1));
        node.Tell(grain => grain.Take(A.Address, Sample.Open(A, answer.Accepted!, 60)));

        node.Restart();

        Assert.Equal(Sample.Lease(1), Assert.Single(node.Starts).Lease);
    }

    [Fact]
    public void A_workload_that_ended_while_the_node_was_dead_is_billed_to_its_own_end()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.PassHeardBy(A, 2);
        var endedMs = node.NowMs;

        node.Restart();
        node.Pass(20);
        Assert.InRange(node.Lease(1).Seconds, 1, 2);
        node.Ended(1, endedMs: endedMs);

        Assert.Equal((NodeLeasePhase.Ended, CloseReason.Completed), (node.Lease(1).Phase, node.Lease(1).EndReason));
        Assert.InRange(node.Lease(1).Seconds, 1, 2);
    }

    [Fact]
    public void An_end_is_told_to_an_operator_that_was_away_when_it_came_and_when_the_node_restarted()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        var output = new WorkloadOutput("model", ContentHash.OfUtf8("model"), 5);
        node.Ended(1, outputs: [output]);

        node.Restart();

        var told = Assert.Single(node.Ask(grain => grain.Connected(A.Address)));
        Assert.Equal((NodeLeasePhase.Ended, CloseReason.Completed), (told.Phase, told.EndReason));
        Assert.Equal((WorkloadPhase.Exited, 0), (Assert.Single(told.Workloads).Phase, told.Workloads[0].ExitCode));
        Assert.Equal([output], told.Workloads[0].Outputs);
    }

    [Fact]
    public void After_the_machine_booted_no_more_seconds_are_billed()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.PassHeardBy(A, 3);
        var proved = node.Lease(1).Seconds;

        node.Restart(boots: true);
        node.Tell(grain => grain.Observe(Sample.Lease(1), Observation.Failed(new WorkloadStatus("job", 0, 0, WorkloadPhase.Failed, null, false, 0, [], "lost"))));

        Assert.Equal((NodeLeasePhase.Ended, CloseReason.ProviderFailed, proved), (node.Lease(1).Phase, node.Lease(1).EndReason, node.Lease(1).Seconds));
    }

    [Fact]
    public void A_workload_of_an_ended_lease_that_still_runs_is_stopped()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.Ended(1);
        node.Restart();

        node.Seen(1, WorkloadPhase.Running);

        Assert.Contains(Sample.Lease(1), node.Stops);
    }
}

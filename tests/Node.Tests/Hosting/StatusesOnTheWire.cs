using Grid.Node.Execution;
using Grid.Node.Hosting;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Tests.Node.Leases;
using EngineStatus = Grid.Node.Execution.WorkloadStatus;

namespace Grid.Tests.Node.Hosting;

public sealed class StatusesOnTheWire
{
    [Theory]
    [InlineData(ExitReason.Completed, 0, WorkloadPhase.Exited, CloseReason.Completed)]
    [InlineData(ExitReason.Failed, 3, WorkloadPhase.Exited, CloseReason.WorkloadFailed)]
    [InlineData(ExitReason.OutOfMemory, 137, WorkloadPhase.Exited, CloseReason.WorkloadFailed)]
    [InlineData(ExitReason.DiskExceeded, 137, WorkloadPhase.Exited, CloseReason.WorkloadFailed)]
    [InlineData(ExitReason.PaidThroughReached, 143, WorkloadPhase.Exited, CloseReason.Money)]
    [InlineData(ExitReason.Stopped, 143, WorkloadPhase.Exited, CloseReason.None)]
    [InlineData(ExitReason.Lost, null, WorkloadPhase.Failed, CloseReason.ProviderFailed)]
    [InlineData(ExitReason.StartFailed, null, WorkloadPhase.Failed, CloseReason.ProviderFailed)]
    public void An_end_says_how_and_whose_it_was(ExitReason reason, int? code, WorkloadPhase phase, CloseReason cause)
    {
        var seen = WireStatus.Seen(Ended(reason, code), 60, []);

        Assert.Equal((phase, code, cause, true), (seen.Status.Phase, seen.Status.ExitCode, seen.Cause, seen.IsFinal));
        Assert.Equal(reason == ExitReason.OutOfMemory, seen.Status.IsOomKilled);
    }

    [Fact]
    public void An_end_whose_outputs_are_not_known_yet_is_no_end_for_an_operator_but_for_the_bill()
    {
        var seen = WireStatus.Seen(Ended(ExitReason.Completed, 0), 60, null);

        Assert.Equal((WorkloadPhase.Running, null, false, 9_000, CloseReason.None), (seen.Status.Phase, seen.Status.ExitCode, seen.IsFinal, seen.EndedBootMs, seen.Cause));
    }

    [Fact]
    public void What_an_operator_hears_of_an_end_is_bounded()
    {
        var seen = WireStatus.Seen(Ended(ExitReason.StartFailed, null) with { Detail = new string('x', 5000) }, 60, []);
        Assert.Equal(256, seen.Status.Message!.Length);
    }

    private static EngineStatus Ended(ExitReason reason, int? code) =>
        new(new WorkloadKey(Sample.Lease(1), "job", 0), 0, WorkloadState.Exited, reason, code, 0, "boot", 1_000, 9_000, 8_000, 0, 0, "");
}

using Grid.Node.Execution;
using Grid.Protocol.Link.Messages;
using EngineStatus = Grid.Node.Execution.WorkloadStatus;
using WorkloadStatus = Grid.Protocol.Link.Messages.WorkloadStatus;

namespace Grid.Node.Hosting;

/// <summary>What the engine says of a workload, as operators hear it.</summary>
internal static class WireStatus
{
    public static WorkloadStatus Of(EngineStatus status, long seconds, IReadOnlyList<WorkloadOutput> outputs) => new(
        status.Key.Service,
        (uint)status.Key.Replica,
        (uint)status.Restarts,
        PhaseOf(status),
        status.HasExited ? status.ExitCode : null,
        status.Reason == ExitReason.OutOfMemory,
        seconds,
        outputs,
        status.Detail.Length > 0 ? status.Detail : null);

    private static WorkloadPhase PhaseOf(EngineStatus status) => status.State switch
    {
        WorkloadState.Starting or WorkloadState.Waiting => WorkloadPhase.Starting,
        WorkloadState.Running or WorkloadState.Stopping => WorkloadPhase.Running,
        _ when status.Reason is ExitReason.StartFailed or ExitReason.Lost => WorkloadPhase.Failed,
        _ => WorkloadPhase.Exited,
    };
}

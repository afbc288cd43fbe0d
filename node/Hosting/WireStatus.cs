using Grid.Node.Execution;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using EngineStatus = Grid.Node.Execution.WorkloadStatus;
using WorkloadStatus = Grid.Protocol.Link.Messages.WorkloadStatus;

namespace Grid.Node.Hosting;

/// <summary>What the engine says of a workload, as operators hear it.</summary>
public static class WireStatus
{
    /// <param name="seconds">Of the lease, so far.</param>
    /// <param name="outputs">Null while they are not known yet.</param>
    public static Observation Seen(EngineStatus status, long seconds, IReadOnlyList<WorkloadOutput>? outputs)
    {
        var isFinal = status.HasExited && outputs is not null;
        var wire = Of(status, seconds, outputs ?? []);
        if (status.HasExited && !isFinal) wire = wire with { Phase = WorkloadPhase.Running, ExitCode = null, IsOomKilled = false };
        long? endedBootMs = status.HasExited && status.EndedBootMs > 0 ? status.EndedBootMs : null;
        return new Observation(wire, isFinal, status.BootId, status.StartedBootMs, endedBootMs, isFinal ? CauseOf(status) : CloseReason.None);
    }

    public static WorkloadStatus Of(EngineStatus status, long seconds, IReadOnlyList<WorkloadOutput> outputs) => new(
        status.Key.Service,
        (uint)status.Key.Replica,
        (uint)status.Restarts,
        PhaseOf(status),
        status.HasExited ? status.ExitCode : null,
        status.Reason == ExitReason.OutOfMemory,
        seconds,
        outputs,
        status.Detail.Length > 0 ? status.Detail[..Math.Min(status.Detail.Length, Limits.MaxMessageChars)] : null);

    private static CloseReason CauseOf(EngineStatus status) => status.Reason switch
    {
        ExitReason.Completed => CloseReason.Completed,
        ExitReason.PaidThroughReached => CloseReason.Money,
        ExitReason.StartFailed or ExitReason.Lost => CloseReason.ProviderFailed,
        ExitReason.Stopped => CloseReason.None,
        _ => CloseReason.WorkloadFailed,
    };

    private static WorkloadPhase PhaseOf(EngineStatus status) => status.State switch
    {
        WorkloadState.Starting or WorkloadState.Waiting => WorkloadPhase.Starting,
        WorkloadState.Running or WorkloadState.Stopping => WorkloadPhase.Running,
        _ when status.Reason is ExitReason.StartFailed or ExitReason.Lost => WorkloadPhase.Failed,
        _ => WorkloadPhase.Exited,
    };
}

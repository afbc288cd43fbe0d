namespace Grid.Node.Execution;

public enum WorkloadState
{
    Starting,
    Running,

    /// <summary>Ended, and about to be started again.</summary>
    Waiting,
    Stopping,
    Exited,
}

public enum ExitReason
{
    None,
    Completed,
    Failed,

    /// <summary>Could not even be started; <see cref="WorkloadStatus.Detail"/> says why.</summary>
    StartFailed,

    /// <summary>On request.</summary>
    Stopped,

    /// <summary>What was paid is used up.</summary>
    PaidThroughReached,
    OutOfMemory,
    DiskExceeded,

    /// <summary>Its supervisor or the machine went down while it ran; no exit code was seen.</summary>
    Lost,
}

/// <param name="ExitCode">As a shell gives it: 128 + n after signal n; null before the end and when lost.</param>
/// <param name="BootId">The boot that the times are of.</param>
/// <param name="RunMs">Time that its processes existed, over all restarts, on the boot clock.</param>
/// <param name="ProcessId">Of the sandbox, outside of it; 0 when nothing runs.</param>
public sealed record WorkloadStatus(
    WorkloadKey Key,
    int Attempt,
    WorkloadState State,
    ExitReason Reason,
    int? ExitCode,
    int Restarts,
    string BootId,
    long StartedBootMs,
    long EndedBootMs,
    long RunMs,
    long StopAtBootMs,
    int ProcessId,
    string Detail)
{
    public bool HasExited => State == WorkloadState.Exited;
}

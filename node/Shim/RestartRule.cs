using Grid.Node.Execution;

namespace Grid.Node.Shim;

/// <summary>What follows the end of a process: pure.</summary>
public readonly record struct RestartRule(bool IsRestart, int PauseMs, int QuickEnds, ExitReason Reason)
{
    /// <param name="endReason"><see cref="ExitReason.Completed"/>, <see cref="ExitReason.Failed"/> or <see cref="ExitReason.OutOfMemory"/>.</param>
    /// <param name="restarts">So far, of this workload.</param>
    /// <param name="quickEnds">Ends in a row, each soon after its start.</param>
    public static RestartRule After(WorkloadKind kind, int retries, ExitReason endReason, int restarts, int quickEnds, long ranMs)
    {
        var quick = ranMs >= Limits.HealthyRunMs ? 1 : quickEnds + 1;
        if (kind == WorkloadKind.Batch) return endReason == ExitReason.Completed || restarts >= retries ? End(endReason) : Again(quick);
        return quick > Limits.MaxServiceRestarts ? End(endReason == ExitReason.Completed ? ExitReason.Failed : endReason) : Again(quick);
    }

    private static RestartRule End(ExitReason reason) => new(false, 0, 0, reason);

    private static RestartRule Again(int quickEnds) =>
        new(true, (int)Math.Min(Limits.LongestRestartPauseMs, (long)Limits.FirstRestartPauseMs << Math.Min(quickEnds - 1, 16)), quickEnds, ExitReason.None);
}

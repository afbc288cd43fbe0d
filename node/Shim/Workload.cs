using Grid.Node.Execution;
using Grid.Node.Execution.Leases;
using Grid.Node.Execution.Logs;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Node.Shim;

/// <summary>One service of one lease, supervised by a thread of its own from the first start to the final exit.</summary>
internal sealed class Workload
{
    private readonly WorkloadSpec _spec;
    private readonly ShimContext _context;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkloadStatus _status;
    private Sandbox? _sandbox;
    private long _sandboxStartedMs;
    private ExitReason _stopReason;
    private long _killAtMs = long.MaxValue;

    public Workload(WorkloadSpec spec, ShimContext context)
    {
        _spec = spec;
        _context = context;
        _status = new WorkloadStatus(
            spec.Key, spec.Attempt, WorkloadState.Starting, ExitReason.None, null, 0, context.Clock.BootId, context.Clock.NowMs, 0, 0, spec.StopAtBootMs, 0, "");
    }

    public WorkloadSpec Spec => _spec;

    /// <summary>With the running time up to this moment.</summary>
    public WorkloadStatus Status
    {
        get
        {
            lock (_gate) return _sandbox is null ? _status : _status with { RunMs = _status.RunMs + _context.Clock.NowMs - _sandboxStartedMs };
        }
    }

    /// <summary>Its name is on the disk before this returns: a supervisor that dies now leaves a trace that the next one reports.</summary>
    public void Start()
    {
        Persist();
        new Thread(Supervise, Limits.ThreadStackBytes) { IsBackground = true, Name = _spec.Key.FileName }.Start();
    }

    public void Extend(long stopAtBootMs)
    {
        lock (_gate) _status = _status with { StopAtBootMs = Math.Max(_status.StopAtBootMs, stopAtBootMs) };
    }

    /// <summary>Asks it to end, and kills it when the grace is over. The first reason stays; a shorter grace counts.</summary>
    public void Stop(ExitReason reason, int graceMs)
    {
        Sandbox? running;
        lock (_gate)
        {
            if (_status.HasExited) return;
            var first = _stopReason == ExitReason.None;
            if (first) _stopReason = reason;
            _killAtMs = Math.Min(_killAtMs, _context.Clock.NowMs + graceMs);
            _stopAsked.TrySetResult();
            running = _sandbox;
            if (!first) return;
            if (running is not null) _status = _status with { State = WorkloadState.Stopping };
        }

        running?.Terminate();
        Publish();
    }

    /// <summary>Looks at the deadlines. Called every tick, whatever the node does.</summary>
    public void Tick(long nowMs)
    {
        Sandbox? overdue;
        bool unpaid;
        lock (_gate)
        {
            unpaid = !_status.HasExited && nowMs >= _status.StopAtBootMs;
            overdue = nowMs >= _killAtMs ? _sandbox : null;
        }

        if (unpaid) Stop(ExitReason.PaidThroughReached, Math.Min(Limits.PaidThroughGraceMs, _spec.StopGraceMs));
        overdue?.Kill();
    }

    private void Supervise()
    {
        using var log = new LogWriter(LeaseDirectory.Logs(_spec.LeaseDirectory, _spec.Key), _context.Time);
        try
        {
            Finish(RunToTheEnd(log), log);
        }
        catch (Exception e)
        {
            // Whatever the file system or the kernel refused: the supervisor of the others must go on, and the node must hear of it.
            log.Note($"not started: {e.Message}");
            Finish((ExitReason.StartFailed, null, e.Message), log);
        }
    }

    private (ExitReason Reason, int? ExitCode, string Detail) RunToTheEnd(LogWriter log)
    {
        var quickEnds = 0;
        using var place = _context.Place(_spec);
        for (var restarts = 0; ; restarts++)
        {
            if (_stopAsked.Task.IsCompleted) return (_stopReason, Status.ExitCode, "");
            var startedMs = _context.Clock.NowMs;
            var (reason, code) = RunOnce(place, log, restarts);
            if (_stopReason != ExitReason.None) return (_stopReason, code, "");
            if (reason == ExitReason.StartFailed) return (reason, code, "the sandbox could not be built; its log says why");
            var rule = RestartRule.After(_spec.Kind, _spec.Retries, reason, restarts, quickEnds, _context.Clock.NowMs - startedMs);
            if (!rule.IsRestart) return (rule.Reason, code, "");
            quickEnds = rule.QuickEnds;
            log.Note($"ended with exit code {code} ({reason}); starts again in {rule.PauseMs} ms");
            Change(status => status with { State = WorkloadState.Waiting, ExitCode = code, ProcessId = 0 });
            _stopAsked.Task.Wait(rule.PauseMs);
        }
    }

    private (ExitReason Reason, int ExitCode) RunOnce(WorkloadPlace place, LogWriter log, int restarts)
    {
        var killsBefore = place.Cgroup?.OutOfMemoryKills() ?? 0;
        using var sandbox = Sandbox.Start(_spec, _context.Tools, _context.Starter, place.Network(), place.Cgroup?.Directories ?? []);
        Entered(sandbox, restarts);
        var code = LogPump.Run(sandbox, log);
        Left();
        log.FlushParts();
        if (place.IsIsolated && sandbox.FirstPid == 0) return (ExitReason.StartFailed, code);
        if (place.Cgroup?.OutOfMemoryKills() > killsBefore) return (ExitReason.OutOfMemory, code);
        return (code == 0 ? ExitReason.Completed : ExitReason.Failed, code);
    }

    private void Entered(Sandbox sandbox, int restarts)
    {
        lock (_gate)
        {
            _sandbox = sandbox;
            _sandboxStartedMs = _context.Clock.NowMs;
            _status = _status with { State = _stopReason == ExitReason.None ? WorkloadState.Running : WorkloadState.Stopping, Restarts = restarts, ProcessId = sandbox.Process.Pid };
        }

        // Asked to stop while it was being started.
        if (_stopAsked.Task.IsCompleted) sandbox.Terminate();
        Persist();
        Publish();
    }

    private void Left()
    {
        lock (_gate)
        {
            _status = _status with { RunMs = _status.RunMs + _context.Clock.NowMs - _sandboxStartedMs, ProcessId = 0 };
            _sandbox = null;
        }
    }

    private void Finish((ExitReason Reason, int? ExitCode, string Detail) end, LogWriter log)
    {
        log.FlushParts();
        log.MakeDurable();
        Change(status => status with
        {
            State = WorkloadState.Exited,
            Reason = end.Reason,
            ExitCode = end.ExitCode,
            Detail = end.Detail,
            EndedBootMs = _context.Clock.NowMs,
            ProcessId = 0,
        });
    }

    private void Change(Func<WorkloadStatus, WorkloadStatus> change)
    {
        WorkloadStatus changed;
        lock (_gate) changed = change(_status);
        // On the disk before anybody can hear of it.
        ShimContext.Persist(_spec.LeaseDirectory, changed);
        lock (_gate) _status = changed with { StopAtBootMs = Math.Max(changed.StopAtBootMs, _status.StopAtBootMs) };
        Publish();
    }

    private void Persist() => ShimContext.Persist(_spec.LeaseDirectory, Status);

    private void Publish() => _context.Events.Publish(this);
}

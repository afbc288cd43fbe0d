using System.Collections.Immutable;
using Grid.Node.Execution;
using Grid.Node.Execution.Leases;
using Grid.Node.Execution.Sandboxes;
using Grid.Protocol;

namespace Grid.Node.Shim;

/// <summary>Everything that this supervisor runs or has run.</summary>
internal sealed class WorkloadTable(ShimContext context)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WorkloadKey, Workload> _workloads = [];

    public bool IsIdle
    {
        get
        {
            lock (_gate) return _workloads.Values.All(workload => workload.Status.HasExited);
        }
    }

    /// <returns>Its status, whether it was started by this call or by an earlier one of the same attempt.</returns>
    public ShimAnswer Start(WorkloadSpec spec)
    {
        Workload started;
        lock (_gate)
        {
            if (_workloads.TryGetValue(spec.Key, out var known))
            {
                if (known.Spec.Attempt == spec.Attempt) return new AnswerStatuses([known.Status]);
                if (known.Spec.Attempt > spec.Attempt) return new AnswerRefused($"{spec.Key}: attempt {spec.Attempt} is older than the known {known.Spec.Attempt}");
                if (!known.Status.HasExited) return new AnswerRefused($"{spec.Key}: attempt {known.Spec.Attempt} is still running; stop it first");
            }

            if (StoredAttempt(spec) is { } stored && stored.Attempt >= spec.Attempt && known is null) return new AnswerStatuses([stored]);
            if (_workloads.Count >= Limits.MaxWorkloads) return new AnswerRefused($"this supervisor holds {Limits.MaxWorkloads} workloads already; remove closed leases");
            if (context.Clock.NowMs >= spec.StopAtBootMs) return new AnswerRefused($"{spec.Key}: it is paid until {spec.StopAtBootMs}, which is past; extend it first");
            _workloads[spec.Key] = started = new Workload(spec, context);
            started.Start();
        }

        return new AnswerStatuses([started.Status]);
    }

    public AnswerStatuses Stop(LeaseId lease, int? graceMs)
    {
        foreach (var workload in Of(lease)) workload.Stop(ExitReason.Stopped, graceMs ?? workload.Spec.StopGraceMs);
        return Statuses(lease);
    }

    public AnswerStatuses Extend(LeaseId lease, long stopAtBootMs)
    {
        foreach (var workload in Of(lease)) workload.Extend(stopAtBootMs);
        return Statuses(lease);
    }

    public AnswerStatuses Statuses() => new([.. All().Select(workload => workload.Status)]);

    public ShimAnswer Relay(WorkloadKey key, int port)
    {
        Workload? workload;
        lock (_gate) workload = _workloads.GetValueOrDefault(key);
        if (workload is null) return new AnswerRefused($"{key} is not known");
        if (!workload.Spec.Ports.Contains(port)) return new AnswerRefused($"{key}: port {port} is not exposed; it exposes: {string.Join(", ", workload.Spec.Ports)}");
        return context.Networks.RelayInto(key) is { } path ? new AnswerSocket(path) : new AnswerRefused($"{key} is not running in a network of its own");
    }

    public ShimAnswer Forget(LeaseId lease)
    {
        lock (_gate)
        {
            var running = _workloads.Values.FirstOrDefault(workload => workload.Spec.Key.Lease == lease && !workload.Status.HasExited);
            if (running is not null) return new AnswerRefused($"{running.Spec.Key} is still running; stop it first");
            foreach (var key in _workloads.Keys.Where(key => key.Lease == lease).ToList()) _workloads.Remove(key);
        }

        context.Cgroups?.RemoveLease(lease.ToString());
        return new AnswerStatuses([]);
    }

    public void StopAll(int graceMs)
    {
        foreach (var workload in All()) workload.Stop(ExitReason.Stopped, graceMs);
    }

    public void Tick(long nowMs)
    {
        foreach (var workload in All()) workload.Tick(nowMs);
    }

    /// <summary>Measures each lease that runs, once for all of its services.</summary>
    public void CheckDisks()
    {
        foreach (var lease in All().Where(workload => !workload.Status.HasExited).GroupBy(workload => (workload.Spec.LeaseDirectory, workload.Spec.DiskMib)))
        {
            var limitBytes = lease.Key.DiskMib << 20;
            var files = Path.Combine(lease.Key.LeaseDirectory, "files");
            if (DiskUse.Measure(files) is var used && used <= limitBytes && RemovedFiles.Measure(Processes(lease), files) <= limitBytes - used) continue;
            foreach (var workload in lease) workload.Stop(ExitReason.DiskExceeded, 0);
        }
    }

    private static IEnumerable<int> Processes(IEnumerable<Workload> workloads) =>
        workloads.Select(workload => workload.Status.ProcessId).Where(pid => pid > 0).SelectMany(ChildProcess.DescendantsOf);

    private static WorkloadStatus? StoredAttempt(WorkloadSpec spec) =>
        DurableFile.Read(LeaseDirectory.StateFile(spec.LeaseDirectory, spec.Key), ExecutionJson.Default.WorkloadStatus);

    private ImmutableArray<Workload> All()
    {
        lock (_gate) return [.. _workloads.Values];
    }

    private IEnumerable<Workload> Of(LeaseId lease) => All().Where(workload => workload.Spec.Key.Lease == lease);

    private AnswerStatuses Statuses(LeaseId lease) => new([.. Of(lease).Select(workload => workload.Status)]);
}

using Grid.Node.Execution;
using Grid.Node.Execution.Cgroups;
using Grid.Node.Execution.Leases;
using Grid.Node.Execution.Sandboxes;
using Grid.Node.Inventory;

namespace Grid.Node.Shim;

/// <summary>What all workloads of one supervisor share.</summary>
/// <param name="Cgroups">Null where none can be written.</param>
internal sealed record ShimContext(
    Tools Tools, Starter Starter, ICgroupTree? Cgroups, NetworkHolders Networks, StatusFeed Events, IBootClock Clock, TimeProvider Time, bool IsIsolated)
{
    /// <summary>Makes the place that outlives the restarts of one workload: its limits and its network.</summary>
    public WorkloadPlace Place(WorkloadSpec spec)
    {
        var pids = spec.Resources.Pids > 0 ? spec.Resources.Pids : Execution.Limits.DefaultPids;
        var cgroup = Cgroups?.Create(spec.Key.Lease.ToString(), spec.Key.FileName, new CgroupLimits(spec.Resources.CpuMillis, spec.Resources.MemoryMib, pids));
        return new WorkloadPlace(this, spec, cgroup);
    }

    public static void Persist(string leaseDirectory, WorkloadStatus status)
    {
        Directory.CreateDirectory(LeaseDirectory.StatesIn(leaseDirectory));
        DurableFile.Write(LeaseDirectory.StateFile(leaseDirectory, status.Key), status, ExecutionJson.Default.WorkloadStatus);
    }
}

internal sealed class WorkloadPlace(ShimContext context, WorkloadSpec spec, IWorkloadCgroup? cgroup) : IDisposable
{
    private bool _holdsNetwork;

    public IWorkloadCgroup? Cgroup => cgroup;

    public bool IsIsolated => context.IsIsolated;

    public NetworkHolder? Network()
    {
        if (!IsIsolated) return null;
        var network = context.Networks.Hold(spec.Key, spec.Uid);
        _holdsNetwork = true;
        return network;
    }

    public void Dispose()
    {
        cgroup?.Remove();
        if (_holdsNetwork) context.Networks.Release(spec.Key);
    }
}

namespace Grid.Node.Execution.Cgroups;

/// <summary>The node's own subtree of control groups: <c>compute-grid/lease/service</c>.</summary>
public interface ICgroupTree
{
    /// <summary>Creates the group, or takes the one that is there, and sets its limits.</summary>
    IWorkloadCgroup Create(string lease, string service, CgroupLimits limits);

    /// <summary>Kills and removes what an earlier supervisor left of these leases.</summary>
    void RemoveLease(string lease);
}

public readonly record struct CgroupLimits(long CpuMillis, long MemoryMib, int Pids);

public interface IWorkloadCgroup
{
    /// <summary>A process joins by writing its id into <c>cgroup.procs</c> of each.</summary>
    IReadOnlyList<string> Directories { get; }

    /// <summary>Processes that the kernel killed here for want of memory; an exit code does not tell.</summary>
    long OutOfMemoryKills();

    void Remove();
}

using System.Globalization;

namespace Grid.Node.Execution.Cgroups;

/// <summary>Control groups of version 2, below a group that this process may write.</summary>
/// <param name="parent">The mount's root, or a delegated group without processes of its own.</param>
public sealed class CgroupTreeV2(string parent, string root) : ICgroupTree
{
    private const long PeriodUs = 100_000;
    private const string Controllers = "+cpu +memory +pids";

    /// <summary>A lease's last service takes the lease's group away while its next one may be making it.</summary>
    private readonly Lock _gate = new();

    public IWorkloadCgroup Create(string lease, string service, CgroupLimits limits)
    {
        var directory = Path.Combine(parent, root, lease, service);
        lock (_gate)
        {
            Directory.CreateDirectory(directory);
            foreach (var above in new[] { parent, Path.Combine(parent, root), Path.Combine(parent, root, lease) }) CgroupFile.Write(above, "cgroup.subtree_control", Controllers);
        }

        CgroupFile.Write(directory, "memory.max", limits.MemoryMib << 20);
        CgroupFile.WriteIfPresent(directory, "memory.swap.max", 0);
        CgroupFile.Write(directory, "cpu.max", string.Create(CultureInfo.InvariantCulture, $"{limits.CpuMillis * PeriodUs / 1000} {PeriodUs}"));
        CgroupFile.Write(directory, "pids.max", limits.Pids);
        return new Group(directory, _gate);
    }

    public void RemoveLease(string lease)
    {
        var directory = Path.Combine(parent, root, lease);
        if (!Directory.Exists(directory)) return;
        foreach (var service in Directory.GetDirectories(directory)) CgroupFile.KillAndRemove(service);
        CgroupFile.KillAndRemove(directory);
    }

    private sealed class Group(string directory, Lock gate) : IWorkloadCgroup
    {
        public IReadOnlyList<string> Directories { get; } = [directory];

        public long OutOfMemoryKills() => CgroupFile.Counter(directory, "memory.events", "oom_kill");

        public void Remove()
        {
            CgroupFile.KillAndRemove(directory);
            lock (gate) _ = CgroupFile.TryRemove(Path.GetDirectoryName(directory)!);
        }
    }
}

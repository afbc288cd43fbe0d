namespace Grid.Node.Execution.Cgroups;

/// <summary>Control groups of version 1: a directory in each of three hierarchies.</summary>
/// <param name="root">Name of the subtree, e.g. <c>compute-grid</c>.</param>
public sealed class CgroupTreeV1(CgroupMounts mounts, string root) : ICgroupTree
{
    private const long PeriodUs = 100_000;

    /// <summary>A lease's last service takes the lease's group away while its next one may be making it.</summary>
    private readonly Lock _gate = new();

    public IWorkloadCgroup Create(string lease, string service, CgroupLimits limits)
    {
        string[] directories = [.. Hierarchies.Select(mount => Path.Combine(mount, root, lease, service))];
        lock (_gate)
        {
            foreach (var directory in directories) Directory.CreateDirectory(directory);
        }

        var bytes = limits.MemoryMib << 20;
        // Memory with swap may never be below memory, so a group taken over is opened first.
        CgroupFile.WriteIfPresent(directories[0], "memory.memsw.limit_in_bytes", -1);
        CgroupFile.Write(directories[0], "memory.limit_in_bytes", bytes);
        CgroupFile.WriteIfPresent(directories[0], "memory.memsw.limit_in_bytes", bytes);
        CgroupFile.Write(directories[1], "cpu.cfs_period_us", PeriodUs);
        CgroupFile.Write(directories[1], "cpu.cfs_quota_us", limits.CpuMillis * PeriodUs / 1000);
        CgroupFile.Write(directories[2], "pids.max", limits.Pids);
        return new Group(directories, _gate);
    }

    public void RemoveLease(string lease)
    {
        foreach (var mount in Hierarchies)
        {
            var directory = Path.Combine(mount, root, lease);
            if (!Directory.Exists(directory)) continue;
            foreach (var service in Directory.GetDirectories(directory)) CgroupFile.KillAndRemove(service);
            CgroupFile.KillAndRemove(directory);
        }
    }

    private IEnumerable<string> Hierarchies => [mounts.Memory, mounts.Cpu, mounts.Pids];

    private sealed class Group(string[] directories, Lock gate) : IWorkloadCgroup
    {
        public IReadOnlyList<string> Directories => directories;

        public long OutOfMemoryKills() => CgroupFile.Counter(directories[0], "memory.oom_control", "oom_kill");

        public void Remove()
        {
            foreach (var directory in directories) CgroupFile.KillAndRemove(directory);
            lock (gate)
            {
                foreach (var directory in directories) _ = CgroupFile.TryRemove(Path.GetDirectoryName(directory)!);
            }
        }
    }
}

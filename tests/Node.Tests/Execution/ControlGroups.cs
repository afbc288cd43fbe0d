using Grid.Node.Execution.Cgroups;

namespace Grid.Tests.Node.Execution;

/// <summary>The files that are written, on plain directories: the kernel's own are tried by the workloads' tests.</summary>
public sealed class ControlGroups : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("grid-cgroup-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Version_1_is_taken_where_it_has_the_controllers()
    {
        var mounts = CgroupMounts.Parse("""
            25 20 0:23 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            26 20 0:24 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            27 20 0:25 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            28 20 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            """);

        Assert.True(mounts.IsVersion1);
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", mounts.Cpu);
    }

    [Fact]
    public void Version_2_is_taken_otherwise()
    {
        var mounts = CgroupMounts.Parse("30 20 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate");
        Assert.False(mounts.IsVersion1);
        Assert.Equal("/sys/fs/cgroup", mounts.Unified);
        Assert.Equal(CgroupMounts.None, CgroupMounts.Parse(""));
    }

    [Fact]
    public void Version_2_hands_controllers_down_and_sets_limits()
    {
        Fill("", "cgroup.subtree_control");
        Fill("compute-grid", "cgroup.subtree_control");
        Fill("compute-grid/lease", "cgroup.subtree_control");
        Fill("compute-grid/lease/web.0", "memory.max", "memory.swap.max", "cpu.max", "pids.max");

        var group = new CgroupTreeV2(_root.FullName, "compute-grid").Create("lease", "web.0", new CgroupLimits(1500, 64, 32));

        Assert.Equal("+cpu +memory +pids", Text("compute-grid/lease/cgroup.subtree_control"));
        Assert.Equal("67108864", Text("compute-grid/lease/web.0/memory.max"));
        Assert.Equal("0", Text("compute-grid/lease/web.0/memory.swap.max"));
        Assert.Equal("150000 100000", Text("compute-grid/lease/web.0/cpu.max"));
        Assert.Equal("32", Text("compute-grid/lease/web.0/pids.max"));
        Assert.Equal(0, group.OutOfMemoryKills());

        File.WriteAllText(Path.Combine(group.Directories[0], "memory.events"), "low 0\nhigh 0\noom 4\noom_kill 3\n");
        Assert.Equal(3, group.OutOfMemoryKills());
    }

    private void Fill(string directory, params string[] files)
    {
        var path = Path.Combine(_root.FullName, directory);
        Directory.CreateDirectory(path);
        foreach (var file in files) File.WriteAllText(Path.Combine(path, file), "");
    }

    private string Text(string path) => File.ReadAllText(Path.Combine(_root.FullName, path));
}

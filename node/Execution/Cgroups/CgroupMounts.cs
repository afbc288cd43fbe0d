namespace Grid.Node.Execution.Cgroups;

/// <summary>Where the kernel's controllers are mounted, read from <c>/proc/self/mountinfo</c>. Version 1 is taken where it has the three controllers that are needed.</summary>
/// <param name="Unified">Mount of version 2; empty where version 1 is used.</param>
public sealed record CgroupMounts(string Memory, string Cpu, string Pids, string Unified)
{
    public static CgroupMounts None { get; } = new("", "", "", "");

    public bool IsVersion1 => Memory.Length > 0 && Cpu.Length > 0 && Pids.Length > 0;

    public static CgroupMounts Parse(string mountInfo)
    {
        var mounts = None;
        foreach (var line in mountInfo.Split('\n'))
        {
            var halves = line.Split(" - ", 2);
            if (halves.Length != 2) continue;
            var left = halves[0].Split(' ');
            var right = halves[1].Split(' ');
            if (left.Length < 6 || right.Length < 3) continue;
            mounts = right[0] switch
            {
                "cgroup2" => mounts with { Unified = left[4] },
                "cgroup" => mounts.WithControllers(right[2].Split(','), left[4]),
                _ => mounts,
            };
        }

        return mounts;
    }

    private CgroupMounts WithControllers(string[] controllers, string mount) => this with
    {
        Memory = controllers.Contains("memory") ? mount : Memory,
        Cpu = controllers.Contains("cpu") ? mount : Cpu,
        Pids = controllers.Contains("pids") ? mount : Pids,
    };
}

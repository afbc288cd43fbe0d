using System.Security.Cryptography;

namespace Grid.Node.Execution.Cgroups;

/// <summary>Finds a place in the machine's control groups that can really be written, by making a group there.</summary>
internal static class CgroupProbe
{
    public const string Root = "compute-grid";

    /// <returns>Null, and why, where there is none.</returns>
    public static (ICgroupTree? Tree, string Problem) Find()
    {
        var mounts = CgroupMounts.Parse(File.ReadAllText("/proc/self/mountinfo"));
        if (mounts.IsVersion1) return Try(new CgroupTreeV1(mounts, Root));
        if (mounts.Unified.Length == 0) return (null, "no control groups are mounted with cpu, memory and pids");
        var (tree, problem) = Try(new CgroupTreeV2(mounts.Unified, Root));
        return tree is not null ? (tree, "") : TryDelegated(mounts.Unified, problem);
    }

    /// <summary>A group with processes can't hand controllers to its children, so this process first moves into a leaf of its own.</summary>
    private static (ICgroupTree? Tree, string Problem) TryDelegated(string mount, string problem)
    {
        var own = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?[3..].Trim('/');
        if (string.IsNullOrEmpty(own)) return (null, problem);
        try
        {
            var parent = Path.Combine(mount, own);
            var leaf = Path.Combine(parent, Root + "-supervisor");
            Directory.CreateDirectory(leaf);
            foreach (var pid in CgroupFile.Processes(parent)) CgroupFile.Write(leaf, "cgroup.procs", pid);
            return Try(new CgroupTreeV2(parent, Root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{problem}; {e.Message}");
        }
    }

    private static (ICgroupTree? Tree, string Problem) Try(ICgroupTree tree)
    {
        var lease = "probe-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        try
        {
            tree.Create(lease, "probe", new CgroupLimits(100, 16, 16)).Remove();
            tree.RemoveLease(lease);
            return (tree, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"control groups can't be written ({e.Message}); as another user than root, run the node in a delegated one: systemd-run --user --scope -p Delegate=yes …");
        }
    }
}

using System.Globalization;

namespace Grid.Node.Inventory;

/// <summary>Pure readers of the kernel's text files, see proc(5).</summary>
public static class ProcFiles
{
    /// <returns>The processor's name from <c>/proc/cpuinfo</c>; on ARM, which has none, implementer and part.</returns>
    public static string CpuModel(string cpuInfo)
    {
        var model = Field(cpuInfo, "model name");
        if (model.Length > 0) return model;
        var implementer = Field(cpuInfo, "CPU implementer");
        return implementer.Length > 0 ? $"ARM {implementer} {Field(cpuInfo, "CPU part")}".TrimEnd() : "unknown";
    }

    /// <returns>MemTotal of <c>/proc/meminfo</c>, rounded down; 0 where it is missing.</returns>
    public static long MemoryTotalMib(string memInfo)
    {
        var words = Field(memInfo, "MemTotal").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var kib) ? kib / 1024 : 0;
    }

    /// <returns>The mount that holds <paramref name="path"/>: the longest mount point above it; of two on one point, the later.</returns>
    public static MountEntry? MountOf(string mountInfo, string path)
    {
        MountEntry? best = null;
        foreach (var line in mountInfo.Split('\n'))
        {
            if (MountEntry.TryParse(line) is { } mount && mount.Holds(path) && (best is null || mount.MountPoint.Length >= best.MountPoint.Length)) best = mount;
        }

        return best;
    }

    private static string Field(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Trim().SequenceEqual(name)) return line[(colon + 1)..].Trim();
        }

        return "";
    }
}

/// <summary>A line of <c>/proc/self/mountinfo</c>.</summary>
/// <param name="Device"><c>major:minor</c>.</param>
public sealed record MountEntry(string Device, string MountPoint, string FileSystem, string Source)
{
    public static MountEntry? TryParse(string line)
    {
        var halves = line.Split(" - ", 2);
        var left = halves[0].Split(' ');
        if (halves.Length != 2 || left.Length < 6) return null;
        var right = halves[1].Split(' ');
        return right.Length < 2 ? null : new MountEntry(left[2], Unescape(left[4]), right[0], Unescape(right[1]));
    }

    public bool Holds(string path) =>
        MountPoint == "/" || path == MountPoint || (path.StartsWith(MountPoint, StringComparison.Ordinal) && path[MountPoint.Length] == '/');

    private static string Unescape(string field) => field
        .Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal)
        .Replace(@"\012", "\n", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);
}

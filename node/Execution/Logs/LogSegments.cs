using System.Globalization;

namespace Grid.Node.Execution.Logs;

/// <summary>A log is a directory of segments, each named after the offset of its first byte.</summary>
internal static class LogSegments
{
    public static List<(long Start, string Path)> In(string directory)
    {
        if (!Directory.Exists(directory)) return [];
        return [.. Directory.GetFiles(directory, "*.log").Select(path => (Start: StartOf(path), path)).Where(segment => segment.Start >= 0).OrderBy(segment => segment.Start)];
    }

    public static string PathOf(string directory, long start) => Path.Combine(directory, start.ToString("D20", CultureInfo.InvariantCulture) + ".log");

    private static long StartOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : -1;
}

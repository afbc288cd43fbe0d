using System.Globalization;

namespace Grid.Node.Execution.Leases;

/// <summary>Files that a workload has removed and still holds open: they have no name to be found by, and fill the disk all the same.</summary>
internal static class RemovedFiles
{
    /// <param name="processes">Of the lease.</param>
    /// <param name="directory">On the file system that counts; memory files have none either, and count as memory.</param>
    public static long Measure(IEnumerable<int> processes, string directory)
    {
        if (StatX.Of(directory) is not { Device: var device }) return 0;
        var seen = new HashSet<ulong>();
        var total = 0L;
        var entries = 0;
        foreach (var descriptor in processes.SelectMany(Descriptors))
        {
            if (++entries > Limits.MaxEntriesPerLease) return long.MaxValue;
            if (StatX.OfTarget(descriptor) is { Links: 0, IsRegularFile: true } file && file.Device == device && seen.Add(file.Inode)) total += file.AllocatedBytes;
        }

        return total;
    }

    /// <summary>Processes end while they are looked at.</summary>
    private static IEnumerable<string> Descriptors(int pid)
    {
        try
        {
            return Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

namespace Grid.Node.Execution.Leases;

/// <summary>What a lease's files take on the disk, by allocated blocks.</summary>
internal static class DiskUse
{
    /// <returns>Bytes; <see cref="long.MaxValue"/> where there are more entries, or deeper ones, than a lease may have.</returns>
    public static long Measure(string directory)
    {
        var total = 0L;
        var entries = 0;
        var pending = new Stack<(string Path, int Depth)>([(directory, 0)]);
        while (pending.TryPop(out var next))
        {
            foreach (var entry in Entries(next.Path))
            {
                if (++entries > Limits.MaxEntriesPerLease || next.Depth > Limits.MaxDirectoryDepth) return long.MaxValue;
                if (StatX.Of(entry.FullName) is { } stat) total += stat.AllocatedBytes;
                if (entry is DirectoryInfo && entry.LinkTarget is null) pending.Push((entry.FullName, next.Depth + 1));
            }
        }

        return total;
    }

    /// <summary>The workload removes and closes directories while they are walked: what can't be seen is not counted.</summary>
    private static IEnumerable<FileSystemInfo> Entries(string directory)
    {
        try
        {
            return [.. new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Options).Take(Limits.MaxEntriesPerLease + 1)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static EnumerationOptions Options { get; } = new() { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = false, ReturnSpecialDirectories = false };
}

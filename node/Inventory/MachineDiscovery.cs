using System.Runtime.InteropServices;

namespace Grid.Node.Inventory;

/// <summary>Looks at the real machine.</summary>
public static class MachineDiscovery
{
    /// <param name="dataDirectory">Exists already; its file system is where leases will write.</param>
    public static async Task<MachineInventory> DiscoverAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(dataDirectory);
        var gpus = await GpusAsync(cancellationToken);
        return new MachineInventory(
            Environment.ProcessorCount * 1000L,
            ProcFiles.CpuModel(ReadBounded("/proc/cpuinfo")),
            RuntimeInformation.OSArchitecture == Architecture.X64 ? "amd64" : RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
            MemoryMib(),
            new DriveInfo(full).AvailableFreeSpace >> 20,
            StorageClassOf(full),
            gpus.Gpus,
            gpus.Problems);
    }

    /// <summary>The machine's, or this container's where that is less.</summary>
    private static long MemoryMib()
    {
        var allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;
        var total = ProcFiles.MemoryTotalMib(ReadBounded("/proc/meminfo"));
        return total > 0 ? Math.Min(total, allowed) : allowed;
    }

    private static string StorageClassOf(string directory)
    {
        if (ProcFiles.MountOf(ReadBounded("/proc/self/mountinfo"), directory) is not { } mount) return StorageClass.Default;
        // A partition has no queue of its own; its disk, one level up, has.
        var disk = $"/sys/dev/block/{mount.Device}";
        return StorageClass.Guess(mount.FileSystem, mount.Source, ReadBounded($"{disk}/queue/rotational") + ReadBounded($"{disk}/../queue/rotational"));
    }

    private static async Task<GpuListing> GpusAsync(CancellationToken cancellationToken)
    {
        var nvidia = await NvidiaAsync(cancellationToken);
        var amd = await ToolOutput.ReadAsync("amd-smi", AmdSmi.Query, cancellationToken) is { } json ? AmdSmi.Parse(json) : GpuListing.Empty;
        return new GpuListing(nvidia.Gpus.AddRange(amd.Gpus), nvidia.Problems.AddRange(amd.Problems));
    }

    private static async Task<GpuListing> NvidiaAsync(CancellationToken cancellationToken)
    {
        if (await ToolOutput.ReadAsync("nvidia-smi", NvidiaSmi.Query, cancellationToken) is not { } csv) return GpuListing.Empty;
        var listing = NvidiaSmi.Parse(csv);
        if (!listing.Gpus.Any(gpu => gpu.MigEnabled)) return listing;
        return await ToolOutput.ReadAsync("nvidia-smi", "-L", cancellationToken) is { } list ? NvidiaSmi.WithMigInstances(listing, list) : listing;
    }

    private static string ReadBounded(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var text = new char[Limits.MaxProcFileChars];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}

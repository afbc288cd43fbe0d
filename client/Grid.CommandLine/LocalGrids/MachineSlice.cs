namespace Grid.CommandLine.LocalGrids;

/// <summary>The part of this machine's real hardware that one node offers.</summary>
internal sealed record MachineSlice(long CpuMillis, long MemoryMib, long DiskMib)
{
    private const int MillisPerCore = 1000;
    private const int BytesPerMibShift = 20;

    /// <summary>Enough for the samples, even where many nodes share little: a slice is a limit on its workloads, not a reservation.</summary>
    private static readonly MachineSlice Least = new(400, 256, 256);

    private static readonly MachineSlice Most = new(4000, 4096, 4096);

    /// <summary>An equal part of the cores, and of half of the memory and disk that are free, so that the machine stays usable.</summary>
    public static MachineSlice Of(int parts, string dataFolder)
    {
        var disk = new DriveInfo(dataFolder).AvailableFreeSpace >> BytesPerMibShift;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> BytesPerMibShift;
        return new MachineSlice(
            Math.Clamp((long)Environment.ProcessorCount * MillisPerCore / parts, Least.CpuMillis, Most.CpuMillis),
            Math.Clamp(memory / 2 / parts, Least.MemoryMib, Most.MemoryMib),
            Math.Clamp(disk / 2 / parts, Least.DiskMib, Most.DiskMib));
    }
}

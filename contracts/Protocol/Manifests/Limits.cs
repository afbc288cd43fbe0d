namespace Grid.Protocol.Manifests;

/// <summary>What a manifest may cost before it is refused. Real files stay far below: the largest known one has 10 KB and 400 nodes.</summary>
public static class ManifestLimits
{
    public const int FileBytes = 128 * 1024;

    /// <summary>Nested mappings and sequences.</summary>
    public const int Depth = 32;

    /// <summary>Scalars, sequences and mappings, each counted again wherever an alias repeats it.</summary>
    public const int Nodes = 6_000;

    public const int Anchors = 256;

    /// <summary>Lines that begin with <c>%</c>: the scanner keeps every directive.</summary>
    public const int Directives = 4;

    /// <summary>Errors and warnings reported for one file, each; one more says how many were left out.</summary>
    public const int Findings = 100;

    public const int NameLength = 128;

    public const int TextLength = 32 * 1024;

    public const int Services = 64;

    public const int Placements = 64;

    /// <summary>Entries of one list: environment variables, arguments, exposed ports, GPU alternatives, labels.</summary>
    public const int ListItems = 512;

    public const int VolumesPerService = 16;

    /// <summary>Copies of all services in one placement together, replicas of a gang, tasks that run at once. Sums over a placement fit 64 bits.</summary>
    public const int Count = 1000;

    public const int ArrayTasks = 100_000;

    public const int Retries = 100;

    public const long CpuMillis = 4_096_000;

    public const int GpuUnits = 64;

    public const long MemoryBytes = 1L << 46;

    public const long StorageBytes = 1L << 46;

    public const int BandwidthMbps = 1_000_000;

    public const int RoundTripMs = 60_000;

    public const int PortRange = 256;

    /// <summary>Ten years.</summary>
    public const long DurationSeconds = 10L * 365 * 86_400;

    /// <summary>Whole tokens per hour. All services at all their counts at this price still fit 64 bits of micro-units.</summary>
    public const long TokensPerHour = 100_000_000;

    /// <summary>Micro-units per block; at 6.1 s a block about the same ceiling as <see cref="TokensPerHour"/>.</summary>
    public const long MicroUnitsPerBlock = 100_000_000_000;
}

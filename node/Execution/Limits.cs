namespace Grid.Node.Execution;

internal static class Limits
{
    public const int MaxServicesPerLease = 64;
    public const int MaxNameChars = 64;
    public const int MaxPathChars = 512;
    public const int MaxCommandArguments = 1024;
    public const int MaxEnvironmentVariables = 1024;

    /// <summary>Command and environment together, well under the kernel's own bound on execve(2).</summary>
    public const int MaxCommandAndEnvironmentChars = 512 * 1024;
    public const int MaxMountsPerService = 64;
    public const int MaxPortsPerService = 256;
    public const int MaxRetries = 100;

    /// <summary>Processes and threads of one service where its workload does not say.</summary>
    public const int DefaultPids = 1024;

    /// <summary>Private /tmp and /dev/shm, each; they also count as memory of the service.</summary>
    public const long MaxScratchMib = 1024;

    /// <summary>Directory entries of one lease: more than these count as an exceeded disk, since measuring them is work for the node.</summary>
    public const int MaxEntriesPerLease = 200_000;

    public const int MaxDirectoryDepth = 128;

    /// <summary>Standard output and error of one service together; the oldest segment goes first.</summary>
    public const int MaxLogBytes = 8 << 20;
    public const int MaxLogSegmentBytes = 1 << 20;

    /// <summary>A longer line is stored as several.</summary>
    public const int MaxLogLineBytes = 16 << 10;

    public const int MaxLogChunkBytes = 256 << 10;
    /// <summary>Of one lease: fetched and unpacked.</summary>
    public const long MaxImageMib = 64 << 10;
    public const int ImageTimeoutMs = 900_000;
    public const int ImageSizeCheckMs = 1000;
    public const int MaxToolErrorChars = 2000;
    public const int MaxStateFileBytes = 1 << 20;

    /// <summary>Outside uids of leases: one each, never shared, never a person's.</summary>
    public const uint FirstLeaseUid = 700_000;
    public const int LeaseUidCount = 50_000;
    public const int MaxCgroupKillRounds = 50;
}

namespace Grid.Node.Shim;

internal static class Limits
{
    public const int MaxWorkloads = 512;
    public const int MaxConnections = 64;
    public const int MaxMessageBytes = 4 << 20;
    public const int MaxWaitingStarts = 64;
    public const int MaxWaitingEvents = 1024;

    /// <summary>How often deadlines are looked at: much less than a billing tick.</summary>
    public const int TickMs = 100;

    public const int MaxProcessesLookedAt = 10_000;

    public const int DiskCheckMs = 2_000;

    /// <summary>At the end of what is paid there is no more than this between the request to end and the kill.</summary>
    public const int PaidThroughGraceMs = 500;

    public const int FirstRestartPauseMs = 500;
    public const int LongestRestartPauseMs = 30_000;

    /// <summary>A service that ran longer than this before it ended starts again without a grudge.</summary>
    public const int HealthyRunMs = 60_000;

    /// <summary>Quick ends of a service in a row until it is given up.</summary>
    public const int MaxServiceRestarts = 10;

    /// <summary>A supervisor without workloads and without a node ends by itself.</summary>
    public const int IdleExitMs = 600_000;

    public const int StartTimeoutMs = 15_000;
    public const int ConnectTimeoutMs = 15_000;
    public const int ConnectPauseMs = 10;
    public const int MaxQuotedLogChars = 2000;
    public const int MaxAsks = 5;
    public const int AskPauseMs = 50;
    public const int MaxInfoBytes = 16 << 10;
    public const int PumpBufferBytes = 64 << 10;

    /// <summary>Supervising threads only read pipes and wait.</summary>
    public const int ThreadStackBytes = 256 << 10;

    public const int RelayBufferBytes = 64 << 10;
    public const int MaxRelayedConnections = 256;

    /// <summary>The kernel takes Unix socket paths of 107 bytes at most.</summary>
    public const int MaxSocketPathBytes = 100;
}

namespace Grid.Node.Link;

internal static class Limits
{
    /// <summary>That one node sells through.</summary>
    public const int Operators = 32;

    public const int ConnectTimeoutMs = 10_000;

    /// <summary>Places under an operator's latest roots.</summary>
    public const int RootsKept = 4;

    /// <summary>Payers of its leases whose places under one root are kept.</summary>
    public const int PayersKept = 256;

    /// <summary>Leases of one operator that can still be claimed without it.</summary>
    public const int ClaimsKept = 8192;

    /// <summary>Longer than an operator's silence, a dispute window and a payer's exit together.</summary>
    public const int ClaimDays = 60;

    public const int ClaimsBetweenSweeps = 256;

    /// <summary>Between two attempts to reach an operator: doubled from the first to the last.</summary>
    public const int FirstRetryMs = 200;

    public const int LastRetryMs = 10_000;

    /// <summary>The longest that an operator can send a node away for.</summary>
    public const int LongestRetryMs = 300_000;

    /// <summary>Pauses vary by up to one part in this many, so that not all nodes come back at once.</summary>
    public const int JitterPart = 4;

    /// <summary>A link over which nothing comes back for this long is down.</summary>
    public const int KeepAliveMs = 10_000;

    /// <summary>Messages that wait for one link; beyond it the link is closed, since the next one begins with all that matters.</summary>
    public const int OutboxMessages = 4096;

    /// <summary>Streams that one operator has open at a time.</summary>
    public const int StreamsAtOnce = 128;

    /// <summary>Between two looks at a log that is followed.</summary>
    public const int LogPollMs = 100;

    /// <summary>How long a client may still send to a service that says nothing more.</summary>
    public const int RelayLingerMs = 10_000;

    public const int RelayBufferBytes = 64 * 1024;

    /// <summary>Whose a lease is stays known for this long at least: its files come after it.</summary>
    public const long OwnerGraceMs = 60L * 60 * 1000;
}

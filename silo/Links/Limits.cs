namespace Grid.Silo.Links;

/// <summary>Bounds of the nodes' sessions.</summary>
internal static class Limits
{
    /// <summary>Nodes connected at the same time, unless the options say otherwise.</summary>
    public const int Sessions = 10_000;

    /// <summary>Never seen nodes that may enrol at once, unless the options say otherwise: a whole grid that moves to a new operator.</summary>
    public const int EnrolmentsAtOnce = Sessions;

    public const int EnrolmentsPerMinute = 60;

    /// <summary>Handshakes under way at the same time: each costs a signature and a recovery.</summary>
    public const int HandshakesAtOnce = 64;

    /// <summary>What a node that comes at a bad moment waits, at least. It adds its own jitter.</summary>
    public const int RetryAfterMs = 5_000;

    /// <summary>How long a node may take from the handshake to its first message.</summary>
    public const int HelloTimeoutMs = 10_000;

    /// <summary>A link without a message for this many ticks is closed; half of what makes a node lost.</summary>
    public const int SilentTicks = 3;

    /// <summary>Beats in a row that do not list a lease before its node is taken at its word.</summary>
    public const int BeatsWithout = 2;

    /// <summary>Leases of one session.</summary>
    public const int LeasesPerSession = 4096;

    /// <summary>Calls to lease grains that one session has under way at the same time.</summary>
    public const int CallsAtOnce = 16;

    /// <summary>Streams of one node that are served at the same time; more wait in the link's own bounded queue.</summary>
    public const int InputStreamsAtOnce = 4;

    /// <summary>Services and replicas that are kept of one lease.</summary>
    public const int ServicesPerLease = 1024;

    public const int OutputsPerService = 512;

    /// <summary>Characters of a node's words that are passed on.</summary>
    public const int MessageLength = 500;

    /// <summary>Losses of sessions that the census remembers: beyond, the operator is cut off by any measure.</summary>
    public const int RememberedLosses = 4096;

    /// <summary>
    /// Once in this many heartbeats the provider hears of its session, whatever has changed: its activation may have forgotten it.
    /// </summary>
    public const int BeatsPerAttachment = 2;

    /// <summary>Tries to tell a provider that its session is gone.</summary>
    public const int DisconnectTries = 3;

    /// <summary>How long a closing silo waits for its sessions to end.</summary>
    public const int DrainTimeoutMs = 10_000;
}

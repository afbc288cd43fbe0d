namespace Grid.Silo.Api;

/// <summary>Bounds of the HTTP API.</summary>
internal static class Limits
{
    public const int RequestsPerTenSeconds = 1000;

    /// <summary>A body other than an input.</summary>
    public const long BodyBytes = 8 << 20;

    public const int HeaderBytes = 32 * 1024;

    /// <summary>Connections besides those of nodes.</summary>
    public const int Connections = 20_000;

    /// <summary>Sign-ins that have been challenged and not answered.</summary>
    public const int Nonces = 10_000;

    public const int NonceLifetimeSeconds = 300;

    /// <summary>Tokens that are good at the same time; beyond, the oldest is no more.</summary>
    public const int Tokens = 100_000;

    public const int PageSize = 100;

    /// <summary>Grains that a listing reads at the same time.</summary>
    public const int ReadsAtOnce = 32;

    /// <summary>One batch of a node's log lines, as JSON.</summary>
    public const int LogBatchBytes = 4 << 20;

    /// <summary>How often a log is asked for again while its node is away, in milliseconds between two tries.</summary>
    public const int LogRetryMs = 1_000;

    /// <summary>Logs that are followed at the same time.</summary>
    public const int LogFollowers = 1024;

    public const int CopyBufferBytes = 64 * 1024;

    /// <summary>How long a signed withdrawal can be taken. The money is set aside until the chain is final past it.</summary>
    public static readonly TimeSpan WithdrawalLifetime = TimeSpan.FromMinutes(30);
}

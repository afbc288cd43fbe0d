namespace Grid.Client;

/// <summary>Bounds of the client library.</summary>
public static class Limits
{
    /// <summary>One request without a body to stream, from its start to the end of its answer.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>All attempts of one call together.</summary>
    public static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(90);

    /// <summary>The same for an upload, and for the headers of a download.</summary>
    public static readonly TimeSpan TransferDeadline = TimeSpan.FromHours(1);

    /// <summary>Attempts of one call, the first included.</summary>
    public const int MaxAttempts = 6;

    /// <summary>The same where another operator may be asked instead.</summary>
    public const int AttemptsAmongOthers = 2;

    /// <summary>Operators that one command asks.</summary>
    public const int MaxOperators = 32;

    /// <summary>Pause before the second attempt; doubled before each next one up to <see cref="LongestPause"/>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>An answer that is held in memory.</summary>
    public const int MaxAnswerBytes = 16 * 1024 * 1024;

    /// <summary>An input or output file.</summary>
    public const long MaxInputBytes = 1L << 30;

    public const long MaxArtifactBytes = 1L << 36;

    /// <summary>One line of a log stream.</summary>
    public const int MaxLogLineBytes = 1 << 20;

    /// <summary>How long an authorization that this client signs is accepted.</summary>
    public static readonly TimeSpan AuthorizationValidity = TimeSpan.FromMinutes(10);

    /// <summary>How long a node may take the tenant's key for its own; outputs of a longer lease need a newer one.</summary>
    public static readonly TimeSpan TenantKeyValidity = TimeSpan.FromDays(365);

    /// <summary>Authorizations signed for one deployment while other programs of the same wallet are faster.</summary>
    public const int MaxSequenceAttempts = 5;

    /// <summary>Pause between two looks at a deployment that is watched.</summary>
    public static readonly TimeSpan WatchPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Roots under which a payer keeps his place: the final one, the open one, and some that may become void.</summary>
    public const int KeptLeaves = 16;

    /// <summary>His latest ones: what an operator may still show for a leaf.</summary>
    public const int KeptAuthorizations = 1024;

    /// <summary>Pages of a listing that are read at once.</summary>
    public const int MaxPages = 1000;

    /// <summary>Of leases with one operator.</summary>
    public const int KeptBills = 4096;
}

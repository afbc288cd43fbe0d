namespace Grid.CommandLine.OnChain;

internal static class Limits
{
    public const int RpcTimeoutMs = 15_000;

    public const ulong BlocksPerPage = 5_000;

    /// <summary>Of one contract, read at once.</summary>
    public const int MaxEvents = 100_000;

    /// <summary>Eras behind the newest one that are asked for a leaf.</summary>
    public const int ErasLookedBack = 16;

    /// <summary>Cases that are listed: the latest.</summary>
    public const int MaxCases = 256;

    public const int MaxReceiptsFileBytes = 4 * 1024 * 1024;

    /// <summary>How long an owner's consent holds that is used at once.</summary>
    public const long ConsentSeconds = 3600;

    /// <summary>Nothing is ever offered above it per gas: 500 gwei.</summary>
    public static readonly UInt128 MaxFeePerGasWei = 500_000_000_000;

    /// <summary>Times that a command looks whether another one has written what it wants to write.</summary>
    public const int LockAttempts = 200;

    /// <summary>A leaf that the operator does not show is waited for during this part of the window, since it may only be away for a
    /// moment.</summary>
    public const int PatienceParts = 2;

    /// <summary>Leases that one command claims.</summary>
    public const int MaxLeaseClaims = 8192;

    public const int MaxEvidenceFileBytes = 64 * 1024;

    public const int DefaultWatchSeconds = 10;

    public const int MaxWatchSeconds = 86_400;
}

namespace Grid.Silo.Chain;

internal static class Limits
{
    /// <summary>JSON-RPC endpoints: one, and one to cross-check it by.</summary>
    public const int Endpoints = 2;

    public const int RpcTimeoutMs = 15_000;

    /// <summary>Pages of blocks that one round of the loop reads: the rest comes with the next.</summary>
    public const int StepsPerRound = 32;

    /// <summary>Blocks whose logs are asked for at once where open challenges are looked for.</summary>
    public const ulong BlocksPerPage = 1000;

    /// <summary>The newest blocks that are searched for open challenges; older ones were followed.</summary>
    public const ulong UnfinalBlocks = 20_000;

    /// <summary>Accounts of the escrow that each sweep reads again.</summary>
    public const int AccountsPerSweep = 64;

    public const int SweepSeconds = 60;

    /// <summary>Times that one wish is sent anew after it was refused or reverted.</summary>
    public const int Resends = 256;

    public const int ResendAfterSeconds = 15;

    /// <summary>Sent transactions that <c>/v1/chain</c> tells of.</summary>
    public const int ToldTransactions = 256;

    public const int MaxStateFileBytes = 256 * 1024 * 1024;

    /// <summary>Nothing is ever offered above it per gas: 500 gwei.</summary>
    public static readonly UInt128 MaxFeePerGasWei = 500_000_000_000;

    public static readonly TimeSpan DefaultPoll = TimeSpan.FromSeconds(2);
}

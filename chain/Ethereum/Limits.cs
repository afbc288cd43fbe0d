namespace Grid.Chain.Ethereum;

/// <summary>The bounds of this part. Whatever an RPC server or a file sends is cut at these before it is parsed.</summary>
public static class Limits
{
    public const int MaxRlpDepth = 16;

    public const int MaxRlpBytes = 1024 * 1024;

    public const int MaxAbiDepth = 16;

    public const int MaxAbiBytes = 1024 * 1024;

    public const int MaxAbiSignatureChars = 2048;

    /// <summary>What geth's pool takes as one transaction.</summary>
    public const int MaxTransactionBytes = 128 * 1024;

    /// <summary>An answer of a JSON-RPC server. A page of logs is the largest that is asked for.</summary>
    public const int MaxRpcResponseBytes = 16 * 1024 * 1024;

    /// <summary>Questions in one request; public servers take about this many.</summary>
    public const int MaxRpcBatch = 100;

    /// <summary>A server's words in our own errors.</summary>
    public const int MaxQuotedChars = 200;

    /// <summary>Of two endpoints' heads: further apart, the one behind is called lagging.</summary>
    public const ulong MaxLagBlocks = 16;

    /// <summary>The same for what is safe or final, which moves by epochs (32 blocks on Ethereum) or batches.</summary>
    public const ulong MaxFinalityLagBlocks = 256;

    /// <summary>Sent and not mined, of one key: what a pool keeps for an account for sure.</summary>
    public const int MaxInFlight = 16;

    public const int MaxOpenTransactions = 256;

    /// <summary>Outcomes that a repeated request still finds.</summary>
    public const int MaxClosedTransactions = 1024;

    /// <summary>Of one transaction, each at least 12.5 % dearer: the last offers 37 times the first.</summary>
    public const int MaxAttempts = 32;

    public const int MaxActionsPerPump = 256;

    /// <summary>Leaves room for the rest of a transaction of <see cref="MaxTransactionBytes"/>.</summary>
    public const int MaxCalldataBytes = MaxTransactionBytes - 1024;

    public const int MaxQueueFileBytes = 256 * 1024 * 1024;

    /// <summary>Blocks that a cursor remembers: about a day of 12 s blocks without finality.</summary>
    public const int MaxUnfinalBlocks = 8192;

    /// <summary>Of one transaction, by the protocol (EIP-7825).</summary>
    public const ulong MaxTransactionGas = 16_777_216;

    /// <summary>Signatures that a contract takes in one call.</summary>
    public const int MaxOperatorVotes = 32;

    /// <summary>A chain.json.</summary>
    public const int MaxDeploymentFileBytes = 64 * 1024;

    /// <summary>Between two looks of a run that waits for blocks.</summary>
    public const int RunPauseMs = 50;

    /// <summary>One answer of a node on this machine.</summary>
    public const int DevelopmentRpcTimeoutMs = 20_000;

    public const int AnvilStartMs = 20_000;

    /// <summary>How long a wanted port may be taken, as by a node that was just killed.</summary>
    public const int AnvilPortMs = 2_000;

    /// <summary>Until it is killed.</summary>
    public const int AnvilStopMs = 5_000;

    /// <summary>Attempts to start on a free port, which somebody else may take in between.</summary>
    public const int AnvilStarts = 5;
}

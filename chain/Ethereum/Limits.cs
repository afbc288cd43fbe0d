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

    /// <summary>Of two endpoints: further apart, the one behind is called lagging.</summary>
    public const ulong MaxLagBlocks = 16;
}

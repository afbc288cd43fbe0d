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
}

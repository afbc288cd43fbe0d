namespace Grid.CommandLine.OnChain;

internal static class Limits
{
    public const int RpcTimeoutMs = 15_000;

    /// <summary>Nothing is ever offered above it per gas: 500 gwei.</summary>
    public static readonly UInt128 MaxFeePerGasWei = 500_000_000_000;
}

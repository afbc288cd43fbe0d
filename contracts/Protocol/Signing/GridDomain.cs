using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>The EIP-712 domain of a grid: a signature made for one chain and escrow is worth nothing at another.</summary>
public static class GridDomain
{
    public const string Name = "Compute Grid";

    public const string Version = "1";

    /// <summary>A private grid without a chain (<c>--ledger local</c>): chain id 0, zero contract.</summary>
    public static Eip712Domain Local { get; } = For(0, Address.Zero);

    /// <param name="verifyingContract">The escrow's address.</param>
    public static Eip712Domain For(long chainId, Address verifyingContract) => new(Name, Version, chainId, verifyingContract);
}

using Grid.Chain.Crypto;

namespace Grid;

/// <summary>Who this operator is, and the domain that its grid's signatures are bound to.</summary>
/// <param name="Domain">EIP-712: chain id and escrow; chain id 0 and the zero address without a chain.</param>
public sealed record GridIdentity(Address Operator, Eip712Domain Domain)
{
    /// <summary>Deposits and settlement are an escrow's on a chain, not this operator's own.</summary>
    public bool HasChain => Domain.ChainId != 0;
}

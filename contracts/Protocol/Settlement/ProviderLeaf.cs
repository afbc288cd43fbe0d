using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <param name="Earned">Cumulative since the operator's ledger began: charges less fees.</param>
public sealed record ProviderLeaf(Address Provider, Money Earned)
{
    private static readonly Hash256 Tag = Keccak256.Hash("grid.escrow.provider.v1"u8);

    public SumNode Node(uint index)
    {
        var abi = new AbiHash(stackalloc byte[4 * Hash256.SizeBytes]);
        abi.Add(Tag);
        abi.Add(index);
        abi.Add(Provider);
        abi.Add(Earned);
        return new SumNode(abi.Twice(), Earned, Money.Zero);
    }
}

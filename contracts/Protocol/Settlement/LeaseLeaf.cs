using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <param name="Charged">So far, of this one lease.</param>
public sealed record LeaseLeaf(LeaseId Lease, Money Charged)
{
    private static readonly Hash256 Tag = Keccak256.Hash("grid.escrow.lease.v1"u8);

    public Hash256 Hash(uint index)
    {
        var abi = new AbiHash(stackalloc byte[4 * Hash256.SizeBytes]);
        abi.Add(Tag);
        abi.Add(index);
        abi.Add(Lease.Value);
        abi.Add(Charged);
        return abi.Twice();
    }
}

using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rlp;

namespace Grid.Chain.Ethereum.Contracts.Deploying;

/// <summary>
/// Where a transaction that creates a contract puts it: the last 20 bytes of keccak256(rlp(sender, nonce)) (yellow paper, section 7).
/// </summary>
public static class CreatedAddress
{
    public static Address Of(Address sender, ulong nonce)
    {
        var hash = Keccak256.Hash(RlpItem.List(RlpItem.Of(sender), RlpItem.Of(nonce)).Encode());
        return new Address(hash.ToByteArray().AsSpan(Hash256.SizeBytes - Address.SizeBytes));
    }
}

using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>A lease's id is keccak256(order, attempt), as Solidity's <c>abi.encode</c> lays it out.</summary>
public static class LeaseIds
{
    public static LeaseId Derive(OrderId order, uint attempt)
    {
        Span<byte> words = stackalloc byte[2 * AbiWord.SizeBytes];
        order.Value.CopyTo(words);
        AbiWord.Write(words[AbiWord.SizeBytes..], attempt);
        return new LeaseId(Keccak256.Hash(words));
    }
}

using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An order's id is keccak256(deployment, keccak256(placement), ordinal, generation), as Solidity's <c>abi.encode</c> lays it out.</summary>
public static class OrderIds
{
    /// <param name="placement">The placement's name in the manifest.</param>
    /// <param name="ordinal">0, or the replica's number where the placement is spread.</param>
    /// <param name="generation">Raised by update and rollover.</param>
    public static OrderId Derive(DeploymentId deployment, string placement, uint ordinal, uint generation)
    {
        Span<byte> words = stackalloc byte[4 * AbiWord.SizeBytes];
        deployment.Value.CopyTo(words);
        Keccak256.Hash(Encoding.UTF8.GetBytes(placement)).CopyTo(words[AbiWord.SizeBytes..]);
        AbiWord.Write(words[(2 * AbiWord.SizeBytes)..], ordinal);
        AbiWord.Write(words[(3 * AbiWord.SizeBytes)..], generation);
        return new OrderId(Keccak256.Hash(words));
    }
}

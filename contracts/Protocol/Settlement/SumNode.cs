using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>A node of a Merkle sum tree: what lies below it adds up to these. The default value is the empty node.</summary>
/// <param name="Amount">Charged in the tree of payers, earned in the tree of providers.</param>
/// <param name="Held">Zero throughout the tree of providers.</param>
public readonly record struct SumNode(Hash256 Hash, Money Amount, Money Held)
{
    /// <summary>
    /// keccak256(keccak256(left ‖ right) ‖ left amount ‖ right amount ‖ left held ‖ right held), each sum 8 bytes big-endian.
    /// </summary>
    /// <exception cref="OverflowException">The sums leave 63 bits.</exception>
    public static SumNode Join(SumNode left, SumNode right)
    {
        Span<byte> words = stackalloc byte[2 * Hash256.SizeBytes];
        PairHash.Of(left.Hash, right.Hash).CopyTo(words);
        BinaryPrimitives.WriteInt64BigEndian(words[32..], left.Amount.MicroUnits);
        BinaryPrimitives.WriteInt64BigEndian(words[40..], right.Amount.MicroUnits);
        BinaryPrimitives.WriteInt64BigEndian(words[48..], left.Held.MicroUnits);
        BinaryPrimitives.WriteInt64BigEndian(words[56..], right.Held.MicroUnits);
        return new SumNode(Keccak256.Hash(words), left.Amount + right.Amount, left.Held + right.Held);
    }
}

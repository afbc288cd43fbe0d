using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

internal static class PairHash
{
    /// <summary>keccak256(left ‖ right).</summary>
    public static Hash256 Of(Hash256 left, Hash256 right)
    {
        Span<byte> words = stackalloc byte[2 * Hash256.SizeBytes];
        left.CopyTo(words);
        right.CopyTo(words[Hash256.SizeBytes..]);
        return Keccak256.Hash(words);
    }
}

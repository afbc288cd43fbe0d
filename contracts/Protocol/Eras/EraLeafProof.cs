using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>A leaf, its place, and the nodes beside its way up.</summary>
/// <param name="Index">Of the leaf, in the order of the providers' addresses.</param>
/// <param name="Path">Siblings from the leaf up.</param>
public sealed record EraLeafProof(EraLeaf Leaf, uint Index, ImmutableArray<Hash256> Path)
{
    /// <summary>The root above the leaf in its place, or zero where leaf, index and path fit no tree of so many leaves.</summary>
    /// <param name="count">The era's leaves, as committed.</param>
    public Hash256 RootOf(ulong era, uint count)
    {
        if (Path.IsDefault || Index >= count || !Leaf.IsWellFormed() || Path.Length != LevelsOf(count)) return Hash256.Zero;
        Span<byte> pair = stackalloc byte[2 * Hash256.SizeBytes];
        var (node, at) = (Leaf.Hash(era, Index), Index);
        foreach (var sibling in Path)
        {
            var isRight = (at & 1) == 1;
            node.CopyTo(pair[(isRight ? Hash256.SizeBytes : 0)..]);
            sibling.CopyTo(pair[(isRight ? 0 : Hash256.SizeBytes)..]);
            node = Keccak256.Hash(pair);
            at >>= 1;
        }

        return node;
    }

    /// <summary>As <c>AttestationLedger.verify</c>, against the whole root.</summary>
    public bool IsIn(ulong era, Hash256 root, uint count) => !root.IsZero && RootOf(era, count) == root;

    /// <summary>The levels above the leaves: ⌈log₂ count⌉.</summary>
    private static int LevelsOf(uint count)
    {
        var levels = 0;
        while (1L << levels < count) levels++;
        return levels;
    }
}

using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>
/// A Merkle tree whose paths are bound to the leaf's index and to the number of leaves (<c>IndexedTree.sol</c>).
/// Positions past the last leaf are zero.
/// </summary>
public sealed class IndexedTree(IReadOnlyList<Hash256> leaves)
{
    private readonly Hash256[][] _levels = TreeShape.Build(leaves, PairHash.Of);

    public uint Count => _levels.Length == 0 ? 0 : (uint)_levels[0].Length;

    /// <summary>Zero where there are no leaves.</summary>
    public Hash256 Root => _levels.Length == 0 ? Hash256.Zero : _levels[^1][0];

    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public ImmutableArray<Hash256> PathOf(uint index) => [.. TreeShape.Path(_levels, index)];

    /// <summary>Whether a leaf is number <paramref name="index"/> of <paramref name="count"/> under a root. Never throws.</summary>
    public static bool Verify(Hash256 root, Hash256 leaf, uint index, uint count, IReadOnlyList<Hash256> path)
    {
        if (root.IsZero || leaf.IsZero || index >= count || path.Count != TreeShape.Levels(count)) return false;
        var node = leaf;
        foreach (var sibling in path)
        {
            node = (index & 1) == 1 ? PairHash.Of(sibling, node) : PairHash.Of(node, sibling);
            index >>= 1;
        }

        return node == root;
    }
}

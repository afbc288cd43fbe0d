using System.Collections.Immutable;

namespace Grid.Protocol.Settlement;

/// <summary>
/// A Merkle tree whose nodes commit to the sums below them (<c>SumTree.sol</c>): no set of leaves that anybody can prove exceeds the
/// root's sums.
/// A path is bound to the leaf's index, its length to the number of leaves.
/// </summary>
public sealed class SumTree(IReadOnlyList<SumNode> leaves)
{
    private readonly SumNode[][] _levels = TreeShape.Build(leaves, SumNode.Join);

    public uint Count => _levels.Length == 0 ? 0 : (uint)_levels[0].Length;

    /// <summary>The zero node where there are no leaves.</summary>
    public SumNode Root => _levels.Length == 0 ? default : _levels[^1][0];

    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public ImmutableArray<SumNode> PathOf(uint index) => [.. TreeShape.Path(_levels, index)];

    /// <summary>Whether a leaf is number <paramref name="index"/> of <paramref name="count"/> under a root. Never throws.</summary>
    public static bool Verify(SumNode root, SumNode leaf, uint index, uint count, IReadOnlyList<SumNode> path)
    {
        if (root.Hash.IsZero || leaf.Hash.IsZero || index >= count || path.Count != TreeShape.Levels(count)) return false;
        if (leaf.Amount.IsNegative || leaf.Held.IsNegative) return false;
        var node = leaf;
        var last = count - 1;
        foreach (var sibling in path)
        {
            // What lies right of the last leaf is empty, on every level.
            if (index == last && (index & 1) == 0 && sibling != default) return false;
            if (!CanJoin(node, sibling)) return false;
            node = (index & 1) == 1 ? SumNode.Join(sibling, node) : SumNode.Join(node, sibling);
            index >>= 1;
            last >>= 1;
        }

        return node == root;
    }

    private static bool CanJoin(SumNode node, SumNode sibling) =>
        !sibling.Amount.IsNegative && !sibling.Held.IsNegative
        && sibling.Amount.MicroUnits <= long.MaxValue - node.Amount.MicroUnits
        && sibling.Held.MicroUnits <= long.MaxValue - node.Held.MicroUnits;
}

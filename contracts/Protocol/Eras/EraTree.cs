using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>
/// An era's Merkle tree, as <c>IndexedTree.sol</c> verifies it: leaves sorted by provider, strictly, so that an absence has a proof; positions past the last leaf
/// are zero. Holds every node: 64 bytes a leaf.
/// </summary>
public sealed class EraTree
{
    private readonly ReadOnlyMemory<EraLeaf> _leaves;
    private readonly byte[][] _levels;

    private EraTree(ulong era, ReadOnlyMemory<EraLeaf> leaves, byte[][] levels)
    {
        Era = era;
        _leaves = leaves;
        _levels = levels;
    }

    public ulong Era { get; }

    public int Count => _leaves.Length;

    public Hash256 Root => new(_levels[^1].AsSpan(0, Hash256.SizeBytes));

    /// <summary>Hashes on all cores.</summary>
    /// <exception cref="ArgumentException">There is no leaf, or too many, or one is malformed or not above the one before.</exception>
    public static EraTree Build(ulong era, ReadOnlyMemory<EraLeaf> leaves)
    {
        if (leaves.Length is 0 or > Limits.MaxLeaves) throw new ArgumentException($"An era has 1 to {Limits.MaxLeaves} leaves, not {leaves.Length}.", nameof(leaves));
        EraOrder.Require(leaves.Span);
        var levels = new List<byte[]> { NodeHashing.Leaves(era, leaves) };
        for (var count = leaves.Length; count > 1; count = (count + 1) / 2) levels.Add(NodeHashing.Above(levels[^1], (count + 1) / 2));
        return new EraTree(era, leaves, [.. levels]);
    }

    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public EraLeafProof Prove(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var path = ImmutableArray.CreateBuilder<Hash256>(_levels.Length - 1);
        for (var (level, at) = (0, index); level < _levels.Length - 1; level++, at >>= 1) path.Add(Node(level, at ^ 1));
        return new EraLeafProof(_leaves.Span[index], (uint)index, path.MoveToImmutable());
    }

    /// <returns>Null where the era says nothing of the provider.</returns>
    public EraLeafProof? Find(ProviderId provider) => EraOrder.Search(_leaves.Span, provider) is >= 0 and var index ? Prove(index) : null;

    /// <returns>The neighbours that the provider would stand between; null where it has a leaf.</returns>
    public EraAbsence? FindAbsence(ProviderId provider)
    {
        var found = EraOrder.Search(_leaves.Span, provider);
        if (found >= 0) return null;
        var next = ~found;
        return new EraAbsence(next == 0 ? null : Prove(next - 1), next == Count ? null : Prove(next));
    }

    private Hash256 Node(int level, int index) => new(_levels[level].AsSpan(index * Hash256.SizeBytes, Hash256.SizeBytes));
}

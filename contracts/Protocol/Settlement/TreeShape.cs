namespace Grid.Protocol.Settlement;

/// <summary>What the number of leaves says about a tree, as <c>IndexedTree.sol</c> has it.</summary>
internal static class TreeShape
{
    /// <summary>⌈log₂ count⌉: the levels above the leaves, and the length of every path.</summary>
    /// <param name="count">1 or more.</param>
    public static int Levels(uint count)
    {
        var levels = 0;
        while (1L << levels < count) levels++;
        return levels;
    }

    /// <summary>All levels from the leaves up to the root; a missing right sibling is the zero node.</summary>
    public static T[][] Build<T>(IReadOnlyList<T> leaves, Func<T, T, T> join)
        where T : struct
    {
        if (leaves.Count > Limits.MaxLeaves)
            throw new ArgumentException($"{leaves.Count} leaves; a tree has at most {Limits.MaxLeaves}.", nameof(leaves));
        if (leaves.Count == 0) return [];
        var levels = new T[Levels((uint)leaves.Count) + 1][];
        levels[0] = [.. leaves];
        for (var level = 1; level < levels.Length; level++) levels[level] = Above(levels[level - 1], join);
        return levels;
    }

    /// <summary>The siblings on the way from a leaf to the root.</summary>
    public static T[] Path<T>(T[][] levels, uint index)
        where T : struct
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, levels.Length == 0 ? 0 : (uint)levels[0].Length);
        var path = new T[levels.Length - 1];
        for (var level = 0; level < path.Length; level++, index >>= 1)
        {
            var sibling = index ^ 1;
            if (sibling < levels[level].Length) path[level] = levels[level][sibling];
        }

        return path;
    }

    private static T[] Above<T>(T[] below, Func<T, T, T> join)
        where T : struct
    {
        var above = new T[(below.Length + 1) / 2];
        for (var i = 0; i < above.Length; i++) above[i] = join(below[2 * i], (2 * i) + 1 < below.Length ? below[(2 * i) + 1] : default);
        return above;
    }
}

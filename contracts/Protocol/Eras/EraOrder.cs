namespace Grid.Protocol.Eras;

/// <summary>The order of an era's leaves: by provider, as numbers, each once.</summary>
internal static class EraOrder
{
    /// <exception cref="ArgumentException">Says which leaf.</exception>
    public static void Require(ReadOnlySpan<EraLeaf> leaves)
    {
        for (var i = 0; i < leaves.Length; i++)
        {
            if (!leaves[i].IsWellFormed()) throw new ArgumentException($"Leaf {i} has a field out of range: {leaves[i]}.", nameof(leaves));
            if (i > 0 && leaves[i - 1].Provider.CompareTo(leaves[i].Provider) >= 0)
                throw new ArgumentException($"Leaf {i} ({leaves[i].Provider}) must be above leaf {i - 1} ({leaves[i - 1].Provider}): leaves are sorted by provider, each once.", nameof(leaves));
        }
    }

    /// <returns>The provider's index, or the complement of where it would stand.</returns>
    public static int Search(ReadOnlySpan<EraLeaf> leaves, ProviderId provider)
    {
        var (low, high) = (0, leaves.Length - 1);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            var order = leaves[middle].Provider.CompareTo(provider);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}

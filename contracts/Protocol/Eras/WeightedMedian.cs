namespace Grid.Protocol.Eras;

/// <summary>The lower weighted median: at least half of the weight says this much or less, and at least half this much or more.</summary>
public static class WeightedMedian
{
    /// <param name="votes">At least one with weight; they are sorted in place.</param>
    public static uint Of(Span<(uint Value, ulong Weight)> votes)
    {
        votes.Sort(static (left, right) => left.Value.CompareTo(right.Value));
        var total = UInt128.Zero;
        foreach (var (_, weight) in votes) total += weight;
        if (total == 0) throw new ArgumentException("A median needs a vote with weight.", nameof(votes));
        var below = UInt128.Zero;
        foreach (var (value, weight) in votes)
        {
            below += weight;
            if (below * 2 >= total) return value;
        }

        return votes[^1].Value;
    }
}

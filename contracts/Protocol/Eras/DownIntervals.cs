using System.Collections.Immutable;

namespace Grid.Protocol.Eras;

/// <summary>When a provider was down: operators with a quorum of weight, each up at that time, heard nothing at all.</summary>
public static class DownIntervals
{
    /// <param name="books">At most one of each operator.</param>
    /// <returns>Runs of slots, first and last included, in order.</returns>
    public static ImmutableArray<(int First, int Last)> Of(ProviderId provider, IReadOnlyList<ObservationBook> books, OperatorWeights weights, int slots)
    {
        var intervals = ImmutableArray.CreateBuilder<(int First, int Last)>();
        var dark = DarkMask(provider, books, weights, slots);
        for (var slot = 0; slot < slots; slot++)
        {
            if ((dark >> slot & 1) == 0) continue;
            if (intervals.Count > 0 && intervals[^1].Last == slot - 1) intervals[^1] = (intervals[^1].First, slot);
            else intervals.Add((slot, slot));
        }

        return intervals.ToImmutable();
    }

    /// <returns>The slots in which a quorum, each up then, heard nothing.</returns>
    public static ulong DarkMask(ProviderId provider, IReadOnlyList<ObservationBook> books, OperatorWeights weights, int slots)
    {
        var seen = books.Select(book => (Weight: weights.Of(book.Operator), Dark: book.Find(provider)?.Dark(book.Up) ?? 0)).ToArray();
        var mask = 0UL;
        for (var slot = 0; slot < slots; slot++)
        {
            var weight = UInt128.Zero;
            foreach (var (operatorWeight, dark) in seen) weight += (dark >> slot & 1) == 1 ? operatorWeight : 0;
            if (weights.IsQuorum(weight)) mask |= 1UL << slot;
        }

        return mask;
    }
}

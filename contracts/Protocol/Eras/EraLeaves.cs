using System.Collections.Immutable;

namespace Grid.Protocol.Eras;

/// <summary>An era's rows from the operators' books and the rows of the era before: what every operator, and anybody else, computes alike.</summary>
public static class EraLeaves
{
    /// <param name="previous">Of the last committed era, ascending by provider.</param>
    /// <param name="books">Of operators with a quorum of weight, one each.</param>
    public static ImmutableArray<EraRow> Next(IReadOnlyList<EraRow> previous, IReadOnlyList<ObservationBook> books, OperatorWeights weights, EraRules rules)
    {
        if (books.Count > Limits.MaxOperators) throw new ArgumentException($"{books.Count} books, of {Limits.MaxOperators} operators at most.", nameof(books));
        var rows = ImmutableArray.CreateBuilder<EraRow>();
        var cursors = new int[books.Count];
        var known = 0;
        var seen = new List<(ObservationBook Book, ProviderObservation Observation)>(books.Count);
        while (Lowest(previous, known, books, cursors) is { } provider)
        {
            seen.Clear();
            for (var i = 0; i < books.Count; i++)
            {
                if (cursors[i] < books[i].Providers.Length && books[i].Providers[cursors[i]].Provider == provider) seen.Add((books[i], books[i].Providers[cursors[i]++]));
            }

            EraRow? before = known < previous.Count && previous[known].Leaf.Provider == provider ? previous[known++] : null;
            if (Row(provider, before, seen, weights, rules) is { } row) rows.Add(row);
        }

        return rows.ToImmutable();
    }

    /// <returns>Null for a provider that no quorum has seen yet, and for one that is gone for long.</returns>
    private static EraRow? Row(
        ProviderId provider, EraRow? before, List<(ObservationBook Book, ProviderObservation Observation)> seen, OperatorWeights weights, EraRules rules)
    {
        var uptime = MedianUptime(seen, weights, rules.Schedule.Slots);
        if (uptime is null && before is null) return null;
        var standing = TrustTier.After(before?.Standing ?? TrustStanding.New, uptime, rules.Tiers);
        var unheard = uptime is > 0 ? 0 : (before?.UnheardEras ?? 0) + 1;
        if (unheard >= EraRules.ForgottenAfterEras) return null;

        var units = uptime is null ? 0 : Units(seen, weights, rules.Schedule.EraSeconds);
        var earned = uptime is { } ppm ? EraReward.RoundedDown(units, ppm, standing.Tier, rules.BasePerHour, rules.Tiers) : Money.Zero;
        var rewards = (before?.Leaf.Rewards ?? Money.Zero) + earned;
        var leaf = new EraLeaf(provider, uptime ?? before?.Leaf.UptimePpm ?? 0, (byte)standing.Tier, units, rewards);
        return new EraRow(leaf, standing, uptime is not null, unheard);
    }

    /// <returns>Null unless operators with a quorum of weight can say something.</returns>
    private static uint? MedianUptime(List<(ObservationBook Book, ProviderObservation Observation)> seen, OperatorWeights weights, int slots)
    {
        Span<(uint Value, ulong Weight)> votes = stackalloc (uint, ulong)[Limits.MaxOperators];
        var count = 0;
        var weight = UInt128.Zero;
        foreach (var (book, observation) in seen)
        {
            if (observation.UptimePpm(book.Up, slots) is not { } uptime) continue;
            votes[count++] = (uptime, weights.Of(book.Operator));
            weight += weights.Of(book.Operator);
        }

        return weights.IsQuorum(weight) ? WeightedMedian.Of(votes[..count]) : null;
    }

    /// <summary>Each operator counts its own leases, and all together no more than what the provider offers by the median of their accounts.</summary>
    private static ulong Units(List<(ObservationBook Book, ProviderObservation Observation)> seen, OperatorWeights weights, long eraSeconds)
    {
        Span<(uint Value, ulong Weight)> capacities = stackalloc (uint, ulong)[Limits.MaxOperators];
        var claimed = UInt128.Zero;
        for (var i = 0; i < seen.Count; i++)
        {
            claimed += seen[i].Observation.Units;
            capacities[i] = (seen[i].Observation.CapacityMilli, weights.Of(seen[i].Book.Operator));
        }

        return (ulong)UInt128.Min(claimed, EraReward.MaxUnits(WeightedMedian.Of(capacities[..seen.Count]), eraSeconds));
    }

    private static ProviderId? Lowest(IReadOnlyList<EraRow> previous, int known, IReadOnlyList<ObservationBook> books, int[] cursors)
    {
        ProviderId? lowest = known < previous.Count ? previous[known].Leaf.Provider : null;
        for (var i = 0; i < books.Count; i++)
        {
            if (cursors[i] >= books[i].Providers.Length) continue;
            var provider = books[i].Providers[cursors[i]].Provider;
            if (lowest is null || provider.CompareTo(lowest.Value) < 0) lowest = provider;
        }

        return lowest;
    }
}

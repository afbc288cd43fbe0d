using System.Collections.Immutable;
using Grid.Matching;

namespace Grid.Orders;

public static class Unmatched
{
    /// <summary>Why nobody fits, the filter that excludes most first.</summary>
    /// <param name="candidates">Providers that the index lets pass, and who made no bid.</param>
    public static string Reason(ImmutableArray<FilterExclusion> exclusions, int candidates = 0)
    {
        if (candidates > 0) return $"{candidates} providers fit, but none of the best has room for it now.";
        if (exclusions.All(static exclusion => exclusion.Count == 0)) return "no provider is connected.";
        var parts = exclusions
            .Where(static exclusion => exclusion.Count > 0)
            .OrderByDescending(static exclusion => exclusion.Count).ThenBy(static exclusion => exclusion.Filter, StringComparer.Ordinal)
            .Select(static exclusion => $"{exclusion.Filter} excludes {exclusion.Count}");
        return $"no provider fits: {string.Join(", ", parts)}.";
    }
}

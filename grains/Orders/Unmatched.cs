using System.Collections.Immutable;
using Grid.Matching;

namespace Grid.Orders;

public static class Unmatched
{
    /// <summary>Why nobody fits, the filter that excludes most first.</summary>
    public static string Reason(ImmutableArray<FilterExclusion> exclusions)
    {
        if (exclusions.All(static exclusion => exclusion.Count == 0)) return "no provider is connected.";
        var parts = exclusions
            .Where(static exclusion => exclusion.Count > 0)
            .OrderByDescending(static exclusion => exclusion.Count).ThenBy(static exclusion => exclusion.Filter, StringComparer.Ordinal)
            .Select(static exclusion => $"{exclusion.Filter} excludes {exclusion.Count}");
        return $"no provider fits: {string.Join(", ", parts)}.";
    }
}

using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>The regions' shortlists as one: exact, since who is among the best of all is among the best of its region.</summary>
public static class ShortlistMerge
{
    /// <param name="regions">Region and what its index found, all with the same query, draw and median stake.</param>
    public static Shortlist Of(IReadOnlyList<KeyValuePair<string, Shortlist>> regions, MatchDraw draw)
    {
        var excluded = new int[HardFilters.Count];
        foreach (var (_, shortlist) in regions)
            for (var i = 0; i < shortlist.Excluded.Length; i++) excluded[i] += shortlist.Excluded[i];
        return new Shortlist(
            IndexPosition.Merge([.. regions.Select(region => KeyValuePair.Create(region.Key, region.Value.Index))]),
            regions.Count == 0 ? default : regions[0].Value.MedianStake,
            regions.Sum(region => region.Value.ListingsScanned),
            regions.Sum(region => region.Value.ProvidersPassed),
            [.. excluded],
            Best(regions.SelectMany(region => region.Value.Candidates), draw));
    }

    private static ImmutableArray<MatchCandidate> Best(IEnumerable<MatchCandidate> candidates, MatchDraw draw)
    {
        var owners = new HashSet<Address>();
        var ordered = candidates
            .OrderByDescending(candidate => candidate.Score)
            .ThenByDescending(candidate => draw.TieBreak(candidate.Owner))
            .ThenBy(candidate => candidate.Owner)
            .ThenBy(candidate => new OfferKey(candidate.Provider, candidate.GpuModel));
        return [.. ordered.Where(candidate => owners.Add(candidate.Owner)).Take(MatchLimits.MaxCandidates)];
    }
}

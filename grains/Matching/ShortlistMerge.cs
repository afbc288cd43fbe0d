using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>The regions' shortlists as one: exact, since who is among the best of all is among the best of its region.</summary>
public static class ShortlistMerge
{
    /// <param name="regions">Region and what its index found, best first, all with the same query, draw and median stake.</param>
    public static Shortlist Of(IReadOnlyList<KeyValuePair<string, Shortlist>> regions, MatchDraw draw)
    {
        var excluded = new int[HardFilters.Count];
        var (listingsScanned, providersPassed) = (0, 0);
        foreach (var (_, shortlist) in regions)
        {
            for (var i = 0; i < shortlist.Excluded.Length; i++) excluded[i] += shortlist.Excluded[i];
            listingsScanned += shortlist.ListingsScanned;
            providersPassed += shortlist.ProvidersPassed;
        }

        return new Shortlist(
            IndexPosition.Merge([.. regions.Select(static region => KeyValuePair.Create(region.Key, region.Value.Index))]),
            regions.Count == 0 ? default : regions[0].Value.MedianStake,
            listingsScanned,
            providersPassed,
            [.. excluded],
            Best([.. regions.Select(region => new Head(region.Value.Candidates, draw))]));
    }

    /// <summary>Takes the best of the lists' heads until there are enough.</summary>
    private static ImmutableArray<MatchCandidate> Best(ReadOnlySpan<Head> heads)
    {
        var best = ImmutableArray.CreateBuilder<MatchCandidate>(MatchLimits.MaxCandidates);
        var owners = new HashSet<Address>(MatchLimits.MaxCandidates);
        while (best.Count < MatchLimits.MaxCandidates && BestOf(heads) is { } head)
        {
            var candidate = head.Take();
            if (owners.Add(candidate.Owner)) best.Add(candidate);
        }

        return best.DrainToImmutable();
    }

    private static Head? BestOf(ReadOnlySpan<Head> heads)
    {
        Head? best = null;
        foreach (var head in heads)
        {
            if (!head.IsAtEnd && (best is null || head.IsBetterThan(best))) best = head;
        }

        return best;
    }

    /// <summary>A region's list and the first of it that is not yet taken.</summary>
    private sealed class Head(ImmutableArray<MatchCandidate> candidates, MatchDraw draw)
    {
        private int _place;
        private ulong? _tie;

        public bool IsAtEnd => _place == candidates.Length;

        private MatchCandidate First => candidates[_place];

        /// <summary>Asked only where scores are equal.</summary>
        private ulong Tie => _tie ??= draw.TieBreak(First.Owner);

        public MatchCandidate Take()
        {
            _tie = null;
            return candidates[_place++];
        }

        public bool IsBetterThan(Head other)
        {
            if (First.Score != other.First.Score) return First.Score > other.First.Score;
            if (Tie != other.Tie) return Tie > other.Tie;
            var byOwner = First.Owner.CompareTo(other.First.Owner);
            return byOwner != 0 ? byOwner < 0 : KeyOf(First).CompareTo(KeyOf(other.First)) < 0;
        }

        private static OfferKey KeyOf(MatchCandidate candidate) => new(candidate.Provider, candidate.GpuModel);
    }
}

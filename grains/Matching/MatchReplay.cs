using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>A match made again, from the indexes as they were and the question as it was put; the record must say the same, bit for
/// bit.</summary>
public sealed class MatchReplay
{
    private readonly MatchRecord _record;
    private readonly MatchRequirement _requirement;
    private readonly IReadOnlyList<KeyValuePair<string, OfferIndex>> _regions;
    private readonly MatchQuery _query;

    /// <param name="requirement">Of which the record has the hash.</param>
    /// <param name="regions">Each region's index at the position that the match saw.</param>
    /// <param name="map">The operator's, as is <paramref name="acceptsPretendedGpus"/>.</param>
    public MatchReplay(
        MatchRecord record, MatchRequirement requirement, IReadOnlyList<KeyValuePair<string, OfferIndex>> regions, RegionMap map, bool acceptsPretendedGpus)
    {
        (_record, _requirement, _regions) = (record, requirement, regions);
        _query = new MatchQuery(requirement, map, acceptsPretendedGpus);
    }

    /// <returns>What differs, in words; empty where the record holds.</returns>
    public ImmutableArray<string> Differences()
    {
        var draw = _record.Seed.Draw();
        var found = ShortlistMerge.Of([.. _regions.Select(region => KeyValuePair.Create(region.Key, region.Value.Match(_query, draw)))], draw);
        var differences = ImmutableArray.CreateBuilder<string>();
        Compare(differences, "requirement hash", _record.RequirementHash, RequirementHash.Of(_requirement));
        Compare(differences, "price ceiling", _record.PriceCeiling, _requirement.PriceCeiling);
        Compare(differences, "weights", _record.Weights, _requirement.Weights);
        Compare(differences, "median stake", _record.MedianStake, found.MedianStake);
        Compare(differences, "listings", _record.ListingsScanned, found.ListingsScanned);
        Compare(differences, "providers that passed", _record.ProvidersPassed, found.ProvidersPassed);
        for (var filter = 0; filter < Math.Max(_record.Excluded.Length, found.Excluded.Length); filter++)
            Compare(differences, $"listings excluded by {HardFilters.NameOf((HardFilter)filter)}", At(_record.Excluded, filter), At(found.Excluded, filter));
        Compare(differences, MatchRanking.Rank(found.Candidates, draw, _requirement.Weights.Temperature));
        return differences.ToImmutable();
    }

    /// <summary>Why a provider was not chosen, and what would have been: for each of its listings.</summary>
    public ImmutableArray<LosingListing> Why(ProviderId provider) =>
    [
        .. _regions.SelectMany(region => region.Value.KeysOf(provider).Select(key => Why(region.Value.Find(key)!, region.Value.MedianStake))),
    ];

    private LosingListing Why(OfferRow row, Money medianStake)
    {
        var judged = _query.Judge(row, medianStake);
        if (judged.ExcludedBy is { } filter) return Listed(row, judged, 0, "excluded by " + HardFilters.NameOf(filter), Remedy(row, medianStake));
        var noise = _record.Seed.Draw().Noise(row.Owner, _requirement.Weights.Temperature);
        return Listed(row, judged, noise, Reason(row, judged, noise), Price(judged, noise));
    }

    private LosingListing Listed(OfferRow row, Judgement judged, int noise, string why, string? wouldHaveWon) => new(
        row.Provider, row.Gpu.Model, judged.ExcludedBy, judged.Ask,
        judged.ExcludedBy is null ? [.. ExplainedFactor.AllOf(judged.Factors, _requirement.Weights)] : [],
        ExplainedFactor.PpmOfScore(judged.Score), ExplainedFactor.PpmOfScore(noise), why, wouldHaveWon);

    private string Reason(OfferRow row, in Judgement judged, int noise)
    {
        var place = PlaceOf(candidate => candidate.Provider == row.Provider && candidate.GpuModel == row.Gpu.Model);
        if (place >= 0 && !_record.Ranking.IsEmpty && _record.Ranking[0] == place) return "it was chosen first";
        if (place >= 0) return $"place {place + 1} of {_record.Candidates.Length} by score and noise" + BidOf(place);
        if (PlaceOf(candidate => candidate.Owner == row.Owner) is var mine and >= 0) return $"another listing of its owner took place {mine + 1}";
        return $"its score was below that of the last of the best {_record.Candidates.Length}, or lost the draw against an equal one";
    }

    private string BidOf(int place)
    {
        if (place >= _record.Bids.Length) return ", not asked for a bid";
        var bid = _record.Bids[place];
        return bid.Outcome switch
        {
            BidOutcome.Offered => $"; its bid was {bid.Rate}",
            BidOutcome.Refused => $"; its live offer failed {HardFilters.NameOf(bid.RefusedBy)}",
            BidOutcome.AboveListed => "; its bid was above what it listed",
            _ => "; it did not answer",
        };
    }

    /// <summary>The highest ask with which it would have been among the best and ahead of the one that was chosen first.</summary>
    private string? Price(Judgement judged, int noise)
    {
        if (_record.Ranking.IsEmpty) return null;
        var winner = _record.Candidates[_record.Ranking[0]];
        var least = _record.Candidates.Length < MatchLimits.MaxCandidates ? 0 : _record.Candidates.Min(static candidate => candidate.Score);
        bool Wins(long ask)
        {
            var factors = judged.Factors with { Price = PriceFactor.Of(_requirement.PriceCeiling, new RatePerHour(ask)) };
            var score = Scoring.Score(factors, _requirement.Weights);
            return score > least && score + noise > winner.Rank;
        }

        if (!Wins(0)) return "no price: the winner was further ahead in the rest, or by the draw";
        var (low, high) = (0L, judged.Ask.MicroUnits);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Wins(middle)) low = middle;
            else high = middle - 1;
        }

        return low == judged.Ask.MicroUnits ? null : $"an ask of {new RatePerHour(low)} instead of {judged.Ask}";
    }

    /// <summary>The first single requirement that, made weaker by as little as will do, would have let it pass.</summary>
    private string? Remedy(OfferRow row, Money medianStake)
    {
        foreach (var relaxation in Relaxations.Of(_requirement))
        {
            bool Passes(long value) => _query.With(relaxation.At(value)).Judge(row, medianStake).ExcludedBy is null;
            if (!Passes(relaxation.Least)) continue;
            var (low, high) = (relaxation.Least, relaxation.Most);
            while (low < high)
            {
                var middle = low + (high - low + 1) / 2;
                if (Passes(middle)) low = middle;
                else high = middle - 1;
            }

            return "to pass, an order that asks for " + relaxation.Words(low);
        }

        return "no single change of the order would have let it pass";
    }

    private int PlaceOf(Func<MatchCandidate, bool> isWanted)
    {
        for (var place = 0; place < _record.Candidates.Length; place++)
        {
            if (isWanted(_record.Candidates[place])) return place;
        }

        return -1;
    }

    private void Compare(ImmutableArray<string>.Builder differences, ImmutableArray<MatchCandidate> expected)
    {
        Compare(differences, "candidates", _record.Candidates.Length, expected.Length);
        for (var place = 0; place < Math.Min(_record.Candidates.Length, expected.Length); place++)
            Compare(differences, $"candidate {place}", _record.Candidates[place], expected[place]);
    }

    private static void Compare<T>(ImmutableArray<string>.Builder differences, string what, T recorded, T recomputed)
    {
        if (!EqualityComparer<T>.Default.Equals(recorded, recomputed)) differences.Add($"{what}: the record says {recorded}, the index gives {recomputed}.");
    }

    private static int At(ImmutableArray<int> counts, int filter) => filter < counts.Length ? counts[filter] : 0;
}

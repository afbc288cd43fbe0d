using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>A match record for people and JSON: factor by factor, in parts per million of a full score.</summary>
/// <param name="Providers">That passed every hard filter.</param>
/// <param name="Excluded">Only filters that excluded somebody.</param>
/// <param name="Differences">What verification found; null when it was not asked for.</param>
public sealed record MatchExplanation(
    OrderId Order,
    int Listings,
    int Providers,
    long MatchedAtUnixMs,
    RatePerHour PriceCeiling,
    ImmutableArray<ExcludedListings> Excluded,
    ImmutableArray<ExplainedCandidate> Candidates,
    ImmutableArray<ProviderId> Ranking,
    Hash256 Beacon,
    long ChainIndex,
    Hash256 ChainElement,
    long IndexSequence,
    Hash256 IndexHash,
    ImmutableArray<string>? Differences)
{
    public static MatchExplanation Of(MatchRecord record, bool verify = false) => new(
        record.Seed.Order,
        record.ListingsScanned,
        record.ProvidersPassed,
        record.MatchedAtUnixMs,
        record.PriceCeiling,
        ExcludedBy(record),
        [.. record.Candidates.Select((candidate, place) => ExplainedCandidate.Of(record, candidate, place))],
        [.. record.Ranking.Select(place => record.Candidates[place].Provider)],
        record.Seed.Beacon,
        record.Seed.ChainIndex,
        record.Seed.ChainElement,
        record.Index.Sequence,
        record.Index.Hash,
        verify ? MatchVerification.Verify(record) : null);

    private static ImmutableArray<ExcludedListings> ExcludedBy(MatchRecord record)
    {
        var named = record.Excluded.Take(HardFilters.Count).Select((count, filter) => new ExcludedListings((HardFilter)filter, count));
        return [.. named.Where(excluded => excluded.Count > 0)];
    }
}

/// <param name="Count">Listings that this filter was the first to exclude.</param>
public sealed record ExcludedListings(HardFilter Filter, int Count);

/// <param name="ScorePpm">Of a full score.</param>
/// <param name="NoisePpm">May be negative, and larger than a full score.</param>
/// <param name="Bid">Null: not asked.</param>
public sealed record ExplainedCandidate(
    int Place,
    ProviderId Provider,
    Address Owner,
    string GpuModel,
    bool IsPretended,
    RatePerHour Ask,
    ImmutableArray<ExplainedFactor> Factors,
    int ScorePpm,
    int NoisePpm,
    RecordedBid? Bid)
{
    internal static ExplainedCandidate Of(MatchRecord record, MatchCandidate candidate, int place) => new(
        place,
        candidate.Provider,
        candidate.Owner,
        candidate.GpuModel,
        candidate.IsPretended,
        candidate.Ask,
        ExplainedFactor.AllOf(candidate.Factors, record.Weights),
        ExplainedFactor.PpmOfScore(candidate.Score),
        ExplainedFactor.PpmOfScore(candidate.Noise),
        record.Bids.FirstOrDefault(bid => bid.Candidate == place));
}

/// <param name="ValuePpm">The factor itself, 0 to 1 000 000.</param>
/// <param name="PointsPpm">Value × weight: what it adds to the score.</param>
public sealed record ExplainedFactor(string Name, int ValuePpm, int WeightBasisPoints, int PointsPpm)
{
    private const int Million = 1_000_000;

    public static ImmutableArray<ExplainedFactor> AllOf(Factors factors, MatchWeights weights) =>
    [
        .. Enumerable.Range(0, Matching.Factors.Count).Select(i => new ExplainedFactor(
            WeightBounds.All[i].Name,
            Factor.PpmRoundedDown(factors[i]),
            weights[i],
            PpmOfScore(factors[i] * weights[i]))),
    ];

    public static int PpmOfScore(int score) => (int)((long)score * Million / Scoring.One);
}

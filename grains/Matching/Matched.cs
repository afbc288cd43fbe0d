using System.Collections.Immutable;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>A match between its two halves: ranked with noise, not yet settled by the live bids.</summary>
public sealed record Matched(MatchSeed Seed, MatchRequirement Requirement, Shortlist Shortlist, ImmutableArray<MatchCandidate> Ranked)
{
    /// <summary>Whom to ask for a live bid, best first.</summary>
    public ImmutableArray<MatchCandidate> Asked { get; } = Ranked.Length <= MatchLimits.MaxBids ? Ranked : Ranked[..MatchLimits.MaxBids];

    public static Matched Of(MatchSeed seed, MatchRequirement requirement, Shortlist shortlist) =>
        new(seed, requirement, shortlist, MatchRanking.Rank(shortlist.Candidates, seed.Draw(), requirement.Weights.Temperature));

    public QuoteRequest RequestFor(MatchCandidate candidate) =>
        new(Seed.Order, candidate.GpuModel, Requirement, Shortlist.MedianStake, candidate.Ask);

    /// <param name="bids">One answer per entry of <see cref="Asked"/>, in its order; null where none came in time.</param>
    public MatchRecord Settle(IReadOnlyList<Bid?> bids, long matchedAtUnixMs)
    {
        if (bids.Count != Asked.Length) throw new ArgumentException($"{Asked.Length} candidates were asked, {bids.Count} answers are given; null stands for none.", nameof(bids));
        ImmutableArray<RecordedBid> recorded = [.. bids.Select((bid, place) => Recorded(place, bid))];
        return new MatchRecord(
            Seed,
            RequirementHash.Of(Requirement),
            Shortlist.Index,
            matchedAtUnixMs,
            Requirement.PriceCeiling,
            Shortlist.MedianStake,
            Requirement.Weights,
            Shortlist.ListingsScanned,
            Shortlist.ProvidersPassed,
            Shortlist.Excluded,
            Ranked,
            recorded,
            MatchRanking.Settle(Ranked, recorded, Seed.Draw()));
    }

    private RecordedBid Recorded(int place, Bid? bid)
    {
        if (bid is null) return new RecordedBid(place, BidOutcome.NoAnswer, default, default, default, 0, 0);
        if (bid.RefusedBy is { } refusedBy) return new RecordedBid(place, BidOutcome.Refused, refusedBy, default, default, 0, 0);
        return MatchRanking.Judge(place, Ranked[place], bid.Rate, bid.Factors, Requirement.Weights, bid.AvailableUntilUnixMs);
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Grid.Protocol.Matching;

/// <summary>From the best candidates to the order in which an order walks them.</summary>
public static class MatchRanking
{
    /// <summary>Adds the noise and sorts: rank, then the draw of ties, then the owner.</summary>
    /// <param name="shortlist">At most one candidate per owner, in any order.</param>
    public static ImmutableArray<MatchCandidate> Rank(ImmutableArray<MatchCandidate> shortlist, MatchDraw draw, int temperature)
    {
        var ranked = new MatchCandidate[shortlist.Length];
        var sortKeys = new int[ranked.Length];
        for (var i = 0; i < ranked.Length; i++)
        {
            ranked[i] = shortlist[i] with { Noise = draw.Noise(shortlist[i].Owner, temperature) };
            sortKeys[i] = ~ranked[i].Rank;
        }

        Array.Sort(sortKeys, ranked);
        for (int start = 0, end; start < ranked.Length; start = end)
        {
            for (end = start + 1; end < ranked.Length && sortKeys[end] == sortKeys[start];) end++;
            if (end - start > 1) ranked.AsSpan(start, end - start).Sort((left, right) => CompareDraws(left, right, draw));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ranked);
    }

    /// <summary>A bid is judged before it is recorded: what asks more than the listing is out.</summary>
    public static RecordedBid Judge(int candidate, MatchCandidate listed, RatePerHour rate, Factors factors, MatchWeights weights, long availableUntilUnixMs) => new(
        candidate,
        rate > listed.Ask ? BidOutcome.AboveListed : BidOutcome.Offered,
        default,
        rate,
        factors,
        Scoring.Score(factors, weights),
        availableUntilUnixMs);

    /// <summary>Orders the bids that stand by their live score and the candidate's noise.</summary>
    public static ImmutableArray<int> Settle(ImmutableArray<MatchCandidate> candidates, ImmutableArray<RecordedBid> bids, MatchDraw draw)
    {
        var standing = bids.Where(bid => bid.Outcome == BidOutcome.Offered).ToArray();
        Array.Sort(standing, (left, right) => CompareRanks(
            candidates[left.Candidate],
            left.Score + candidates[left.Candidate].Noise,
            candidates[right.Candidate],
            right.Score + candidates[right.Candidate].Noise,
            draw));
        return [.. standing.Select(bid => bid.Candidate)];
    }

    private static int CompareRanks(MatchCandidate left, int leftRank, MatchCandidate right, int rightRank, MatchDraw draw)
    {
        return leftRank != rightRank ? rightRank.CompareTo(leftRank) : CompareDraws(left, right, draw);
    }

    private static int CompareDraws(MatchCandidate left, MatchCandidate right, MatchDraw draw)
    {
        var byDraw = draw.TieBreak(right.Owner).CompareTo(draw.TieBreak(left.Owner));
        return byDraw != 0 ? byDraw : left.Owner.CompareTo(right.Owner);
    }
}

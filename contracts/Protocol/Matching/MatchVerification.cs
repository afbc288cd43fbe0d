using System.Collections.Immutable;
using System.Globalization;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>Recomputes a match record from its own numbers: the element, every score and noise, the order, the bids and the final ranking.</summary>
public static class MatchVerification
{
    /// <returns>What differs, in words; empty when the record holds.</returns>
    public static ImmutableArray<string> Verify(MatchRecord record)
    {
        var differences = new List<string>();
        CheckSeed(record, differences);
        CheckCandidates(record, differences);
        CheckOrder(record, differences);
        CheckBids(record, differences);
        return [.. differences];
    }

    private static void CheckSeed(MatchRecord record, List<string> differences)
    {
        if (!record.Weights.IsSound) differences.Add($"weights are {record.Weights}; expected a sum of {MatchWeights.Sum} and τ within the published bounds.");
        if (!HashChain.IsElement(record.Seed.ChainAnchor, record.Seed.ChainIndex, record.Seed.ChainElement))
            differences.Add($"element {record.Seed.ChainIndex} does not belong to the hash chain published as {record.Seed.ChainAnchor}.");
        if (record.Candidates.Length > record.ProvidersPassed)
            differences.Add($"{record.Candidates.Length} candidates are listed but only {record.ProvidersPassed} providers passed the filters.");
    }

    private static void CheckCandidates(MatchRecord record, List<string> differences)
    {
        var draw = record.Seed.Draw();
        var owners = new HashSet<Address>();
        for (var i = 0; i < record.Candidates.Length; i++)
        {
            var candidate = record.Candidates[i];
            var name = string.Create(CultureInfo.InvariantCulture, $"candidate {i} ({candidate.Provider})");
            if (!owners.Add(candidate.Owner)) differences.Add($"{name} has the same owner as one before it: {candidate.Owner}.");
            CheckNumbers(name, candidate.Factors, candidate.Score, candidate.Ask, record, differences);
            var noise = draw.Noise(candidate.Owner, record.Weights.Temperature);
            if (candidate.Noise != noise) differences.Add($"{name}: noise is {candidate.Noise}; the seed gives {noise}.");
        }
    }

    private static void CheckNumbers(string name, in Factors factors, int score, RatePerHour ask, MatchRecord record, List<string> differences)
    {
        if (!factors.IsWithinBounds) differences.Add($"{name}: a factor is outside 0 to {Factor.One}: {factors}.");
        var expected = Scoring.Score(factors, record.Weights);
        if (score != expected) differences.Add($"{name}: score is {score}; its factors and the weights give {expected}.");
        var price = PriceFactor.Of(record.PriceCeiling, ask);
        if (factors.Price != price) differences.Add($"{name}: the price factor is {factors.Price}; the ceiling and its rate give {price}.");
    }

    private static void CheckOrder(MatchRecord record, List<string> differences)
    {
        var expected = MatchRanking.Rank(record.Candidates, record.Seed.Draw(), record.Weights.Temperature);
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i].Owner == record.Candidates[i].Owner) continue;
            differences.Add($"place {i} is taken by {record.Candidates[i].Provider}; score and noise give {expected[i].Provider}.");
            return;
        }
    }

    private static void CheckBids(MatchRecord record, List<string> differences)
    {
        for (var i = 0; i < record.Bids.Length; i++)
        {
            var bid = record.Bids[i];
            if (bid.Candidate != i) differences.Add($"bid {i} is of candidate {bid.Candidate}; the best are asked in their order.");
            if (bid.Candidate >= record.Candidates.Length) return;
            var candidate = record.Candidates[bid.Candidate];
            if (bid.Outcome == BidOutcome.Offered && bid.Rate > candidate.Ask) differences.Add($"bid {i} asks {bid.Rate}; it lists {candidate.Ask}.");
            if (bid.Outcome == BidOutcome.Offered) CheckNumbers($"bid {i} ({candidate.Provider})", bid.Factors, bid.Score, bid.Rate, record, differences);
        }

        var asked = Math.Min(record.Candidates.Length, MatchLimits.MaxBids);
        if (record.Bids.Length != asked) differences.Add($"{record.Bids.Length} candidates were asked for a bid; expected {asked}.");
        var ranking = MatchRanking.Settle(record.Candidates, record.Bids, record.Seed.Draw());
        if (!ranking.SequenceEqual(record.Ranking))
            differences.Add($"the ranking is {string.Join(", ", record.Ranking)}; the bids and the noise give {string.Join(", ", ranking)}.");
    }
}

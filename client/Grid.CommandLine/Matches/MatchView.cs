using Grid.CommandLine.Output;
using Grid.Protocol.Matching;

namespace Grid.CommandLine.Matches;

/// <summary>A match for people: what excluded whom, and each candidate's score factor by factor.</summary>
internal static class MatchView
{
    private const int PpmPerThousandth = 1000;

    public static void Show(MatchExplanation match, CommandOutput output)
    {
        output.Line($"order {match.Order}: {match.Providers} providers passed of {match.Listings} listings, ceiling {Words.Rate(match.PriceCeiling)}, matched {Words.Time(match.MatchedAtUnixMs)}");
        foreach (var excluded in match.Excluded) output.Line($"  {excluded.Count} excluded by {HardFilters.NameOf(excluded.Filter)}");
        if (!match.Candidates.IsEmpty) output.Console.Write(CandidateTable(match));
        if (match.Differences is not { } differences) return;
        output.Line(differences.IsEmpty ? "verified: every score, the noise, the order and the bids follow from the record" : $"NOT verified, {differences.Length} differences:");
        foreach (var difference in differences) output.Line($"  {difference}");
    }

    private static Spectre.Console.Table CandidateTable(MatchExplanation match)
    {
        var factors = match.Candidates[0].Factors;
        var table = Tables.Of([" #", "provider", .. match.Candidates.Any(candidate => candidate.GpuModel.Length > 0) ? ["gpu"] : Array.Empty<string>(), "ask#", .. factors.Select(factor => factor.Name + "#"), "score#", "noise#", "bid"]);
        foreach (var candidate in match.Candidates)
        {
            string[] gpu = match.Candidates.Any(other => other.GpuModel.Length > 0) ? [candidate.IsPretended ? $"{candidate.GpuModel} (pretended)" : candidate.GpuModel] : [];
            table.Row([
                Place(match, candidate), Words.Short(candidate.Provider), .. gpu, Words.Rate(candidate.Ask),
                .. candidate.Factors.Select(factor => Thousandths(factor.ValuePpm)),
                Thousandths(candidate.ScorePpm), Thousandths(candidate.NoisePpm), BidOf(candidate)]);
        }
        return table;
    }

    /// <summary>Its place in the final ranking, where its bid stood.</summary>
    private static string Place(MatchExplanation match, ExplainedCandidate candidate)
    {
        var place = match.Ranking.IndexOf(candidate.Provider);
        return place < 0 ? "–" : $"{place + 1}";
    }

    private static string BidOf(ExplainedCandidate candidate) => candidate.Bid switch
    {
        null => "not asked",
        { Outcome: BidOutcome.Offered } bid => Words.Rate(bid.Rate),
        { Outcome: BidOutcome.Refused } bid => $"refused: {HardFilters.NameOf(bid.RefusedBy)}",
        var bid => Words.Enum(bid.Outcome),
    };

    private static string Thousandths(int ppm) => (ppm / (decimal)(PpmPerThousandth * 1000)).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
}

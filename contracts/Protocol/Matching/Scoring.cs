namespace Grid.Protocol.Matching;

/// <summary>The deterministic part of a candidate's rank.</summary>
public static class Scoring
{
    /// <summary>The score of a candidate that is best in everything.</summary>
    public const int One = Factor.One * MatchWeights.Sum;

    /// <returns>Σ factor × weight, from 0 to <see cref="One"/>: exact, no rounding.</returns>
    public static int Score(in Factors factors, in MatchWeights weights) =>
        factors.Region * weights.Region
        + factors.Price * weights.Price
        + factors.Uptime * weights.Uptime
        + factors.Reputation * weights.Reputation
        + factors.Availability * weights.Availability
        + factors.SlashRate * weights.SlashRate
        + factors.Stake * weights.Stake;
}

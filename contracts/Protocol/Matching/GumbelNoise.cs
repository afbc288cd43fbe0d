namespace Grid.Protocol.Matching;

/// <summary>
/// −ln(−ln u) in whole numbers. Adding τ times it to every score and taking the largest picks candidate i with probability softmax(score/τ)
/// (the Gumbel-max trick, E. J. Gumbel, 1954).
/// </summary>
public static class GumbelNoise
{
    private const int UniformBits = 33;
    private const int ResultBits = 24;
    private const int BasisPoints = 10_000;

    /// <param name="random">Its upper 32 bits w give u = (2w + 1) / 2³³: never 0 and never 1.</param>
    /// <returns>From about −3.1 to 22.9, in Q24.</returns>
    public static long Of(ulong random)
    {
        var odd = (random >> 32) * 2 + 1;
        var minusLn = UniformBits * FixedPoint.Ln2 - FixedPoint.Ln(odd);
        var lnOfMinusLn = FixedPoint.Ln((ulong)minusLn) - FixedPoint.FractionBits * FixedPoint.Ln2;
        return -lnOfMinusLn >> FixedPoint.FractionBits - ResultBits;
    }

    /// <param name="temperature">τ in basis points of a full score, at most <see cref="WeightBounds.MaxTemperature"/>.</param>
    /// <returns>τ × noise in units of the score; score + noise fits 32 bits.</returns>
    public static int Scaled(ulong random, int temperature) => (int)(Of(random) * (Scoring.One / BasisPoints * (long)temperature) >> ResultBits);
}

namespace Grid.Protocol.Matching;

/// <summary>
/// The unit of a factor: 0 is worst, <see cref="One"/> is best. One fits a signed 16-bit integer and its product with the weights' sum a signed 32-bit one,
/// so that a scan can multiply and add whole vectors without losing a bit.
/// </summary>
public static class Factor
{
    public const int One = 32_000;

    /// <summary>numerator/denominator of <see cref="One"/>, rounded down and kept within [0, One].</summary>
    public static int RatioRoundedDown(long numerator, long denominator)
    {
        if (numerator <= 0) return 0;
        if (numerator >= denominator) return One;
        return numerator <= long.MaxValue / One
            ? (int)(numerator * One / denominator)
            : (int)((Int128)numerator * One / denominator);
    }

    public static int PpmRoundedDown(int factor) => (int)((long)factor * 1_000_000 / One);
}

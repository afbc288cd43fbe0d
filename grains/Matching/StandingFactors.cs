using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>log(1 + stake/median) / log 5, where the stake counts up to four times the median: 0 without stake, 1 from four medians on.</summary>
public static class StakeFactor
{
    private const int CapInMedians = 4;
    private const int RatioBits = 16;

    /// <param name="median">Zero: nobody stakes, so any stake is the most there is.</param>
    public static int Of(Money stake, Money median)
    {
        if (stake <= Money.Zero) return 0;
        if (median <= Money.Zero || (Int128)stake.MicroUnits >= (Int128)median.MicroUnits * CapInMedians) return Factor.One;
        var ratio = (ulong)(((Int128)stake.MicroUnits << RatioBits) / median.MicroUnits);
        var ln = FixedPoint.Ln((1UL << RatioBits) + ratio) - RatioBits * FixedPoint.Ln2;
        return Factor.RatioRoundedDown(ln, FixedPoint.Ln5);
    }
}

/// <summary>e^(−8 · slashed share of stake) · min(1, eras served / 30): a fresh identity ranks no higher than a slashed one.</summary>
public static class SlashFactor
{
    private const int Steepness = 8;
    private const int ErasToTrust = 30;
    private const int Million = 1_000_000;

    /// <param name="slashedPpm">Of the stake, in the last 90 days.</param>
    public static int Of(int slashedPpm, int erasServed)
    {
        var share = Math.Clamp(slashedPpm, 0, Million);
        var decay = FixedPoint.ExpOfMinus(FixedPoint.One / Million * share * Steepness);
        var eras = Math.Clamp(erasServed, 0, ErasToTrust);
        return (int)((Int128)decay * Factor.One * eras / ErasToTrust >> FixedPoint.FractionBits);
    }
}

/// <summary>The lower end of the 95 % confidence interval of a share (E. B. Wilson, 1927): few observations count for little.</summary>
public static class WilsonLowerBound
{
    /// <summary>Counts are in Q16, so that decayed and weighted ones keep their fractions; at most this.</summary>
    public const long MaxCount = 1L << 40;

    public const int CountBits = 16;

    /// <summary>1.96² in Q16.</summary>
    private const long ZSquared = 251_763;

    private const int RootBits = 24;

    /// <param name="good">Q16, 0 to <paramref name="total"/>.</param>
    /// <param name="total">Q16, 0 to <see cref="MaxCount"/>; 0 gives 0.</param>
    /// <returns>0 to <see cref="Factor.One"/>.</returns>
    public static int Of(long good, long total)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(good);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, MaxCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(good, total);
        if (total == 0) return 0;
        var spread = (UInt128)(ulong)good * (ulong)(total - good) / (ulong)total + ZSquared / 4;
        var root = (Int128)FixedPoint.SqrtRoundedDown((UInt128)ZSquared * spread << 2 * RootBits);
        var centre = (Int128)(good + ZSquared / 2) << RootBits;
        var factor = (centre - root) * Factor.One / ((Int128)(total + ZSquared) << RootBits);
        return factor < 0 ? 0 : (int)factor;
    }
}

/// <summary>Wilson lower bound over the recent eras' challenges: GPU 80 %, CPU 20 %; a provider without GPUs is judged by its CPU alone.</summary>
public static class UptimeFactor
{
    private const int GpuPercent = 80;

    /// <param name="gpu">Passed and asked challenges of its GPUs; asked is 0 for a provider without GPUs.</param>
    /// <param name="cpu">Passed and asked challenges of its CPU.</param>
    public static int Of(Observations gpu, Observations cpu, bool hasGpus)
    {
        if (!hasGpus) return cpu.LowerBound;
        return (gpu.LowerBound * GpuPercent + cpu.LowerBound * (100 - GpuPercent)) / 100;
    }
}

/// <summary>Wilson lower bound over time-decayed lease outcomes, each weighted by the fees it burned, times the trust tier's step.</summary>
public static class ReputationFactor
{
    private static readonly int MostMilli = TrustTierTable.Standard[1].RewardMultiplierMilli;

    public static int Of(Observations outcomes, int trustTier) => outcomes.LowerBound * StepMilli(trustTier) / 1000;

    /// <summary>The tier's reward multiplier over the best tier's: 1 for tier 1, 0.5 for tier 6 (newcomers), 0 for tier 7.</summary>
    public static int StepMilli(int trustTier) => TrustTierTable.Standard[trustTier].RewardMultiplierMilli * 1000 / MostMilli;
}

/// <summary>How many were good, of how many; Q16, so that weighted and decayed ones keep their fractions.</summary>
public readonly record struct Observations(long GoodQ16, long TotalQ16)
{
    public static Observations Whole(long good, long total) => new(good << WilsonLowerBound.CountBits, total << WilsonLowerBound.CountBits);

    public int LowerBound => WilsonLowerBound.Of(GoodQ16, TotalQ16);
}

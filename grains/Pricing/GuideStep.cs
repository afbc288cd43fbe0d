using Grid.Protocol;

namespace Grid.Pricing;

/// <summary>
/// One step of a guide price: multiplied by a little more than one where more than the target is taken, by a little less where less is,
/// never
/// beyond a quarter and four times of where it started.
/// </summary>
/// <remarks>
/// With gain g = 1/64 a step, demand of elasticity e and leases that follow it with a lag of L steps, the price answers a change of demand
/// as a
/// second-order loop of damping ratio 1 / (2 √(g · e · u · L)): it does not ring while e · u · L ≤ 16 (e = 2 at the target and 11 steps,
/// say).
/// </remarks>
public static class GuideStep
{
    /// <summary>Fraction bits of a guide price, so that the cheapest price moves too.</summary>
    public const int FractionBits = 16;

    public const int TargetPpm = 700_000;

    private const int Damping = 64;
    private const int MostTimesBase = 4;
    private const long Whole = (long)Damping * Utilization.Million;

    public static long Start(RatePerHour basePrice) => basePrice.MicroUnits << FractionBits;

    /// <param name="guide">Micro-units per hour with <see cref="FractionBits"/> fraction bits.</param>
    public static long Next(long guide, RatePerHour basePrice, Utilization use)
    {
        if (use.Offered <= 0) return guide;
        var gap = use.Ppm - TargetPpm;
        var moved = gap >= 0 ? (Int128)guide * (Whole + gap) / Whole : (Int128)guide * Whole / (Whole - gap);
        var start = Start(basePrice);
        return (long)Int128.Clamp(moved, start / MostTimesBase, (Int128)start * MostTimesBase);
    }

    public static RatePerHour RoundedDown(long guide) => new(guide >> FractionBits);
}

using System.Numerics;

namespace Grid.Matching;

/// <summary>
/// A number of zero or more in 16 bits, rounded down to 12 significant ones: five bits of exponent, eleven of fraction, whole numbers below 2048 as they are.
/// Codes order as their numbers do, so that a vector of 32 compares as one.
/// </summary>
internal static class Narrow
{
    public const int FractionBits = 11;

    private const long Most = (1L << 42) - 1;

    public static ushort Floor(long value)
    {
        var bounded = (ulong)Math.Clamp(value, 0, Most);
        var exponent = Math.Max(0, BitOperations.Log2(bounded | 1) - FractionBits + 1);
        if (exponent == 0) return (ushort)bounded;
        return (ushort)(exponent << FractionBits | (int)(bounded >> exponent - 1) & (1 << FractionBits) - 1);
    }

    /// <summary>Whether no other number has the code of this one, or this is the least that has.</summary>
    public static bool IsLeastOfItsCode(long value) => value <= 0 || value == Least(Floor(value));

    public static long Least(ushort code)
    {
        var exponent = code >> FractionBits;
        var fraction = code & (1 << FractionBits) - 1;
        return exponent == 0 ? fraction : (long)(fraction | 1 << FractionBits) << exponent - 1;
    }
}

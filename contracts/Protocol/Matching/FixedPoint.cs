using System.Numerics;

namespace Grid.Protocol.Matching;

/// <summary>
/// Logarithm and exponential in whole numbers, by shifts and additions over an embedded table: every processor gives the same bits.
/// Q48 means a number times 2⁴⁸. Errors stay below 2⁻³⁸.
/// </summary>
/// <remarks>The method is pseudo-division after J. E. Meggitt (IBM Journal, 1962): a number is written as a product of (1 + 2⁻ᵏ).</remarks>
public static class FixedPoint
{
    public const int FractionBits = 48;
    public const long One = 1L << FractionBits;
    public const long Ln2 = 195_103_586_505_167;
    public const long Ln5 = 453_016_498_919_635;

    private const int ProductBits = 62;
    private const ulong ProductOne = 1UL << ProductBits;

    /// <summary>ln(1 + 2⁻ᵏ) in Q48 for k = 1 to 40.</summary>
    public static ReadOnlySpan<long> LnOnePlus =>
    [
        114128281861729, 62809325909300, 33152977218291, 17064314013873, 8661451906573, 4364040544128, 2190477799686, 1097369720200,
        549219641004, 274743776533, 137405409959, 68711089493, 34357641387, 17179344917, 8589803523, 4294934528,
        2147475456, 1073739776, 536870400, 268435328, 134217696, 67108856, 33554430, 16777216,
        8388608, 4194304, 2097152, 1048576, 524288, 262144, 131072, 65536,
        32768, 16384, 8192, 4096, 2048, 1024, 512, 256,
    ];

    /// <returns>ln(value) in Q48.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero.</exception>
    public static long Ln(ulong value)
    {
        ArgumentOutOfRangeException.ThrowIfZero(value);
        var exponent = BitOperations.Log2(value);
        var mantissa = value << BitOperations.LeadingZeroCount(value) >> 1;
        var product = ProductOne;
        var sum = exponent * Ln2;
        // A mask in place of a branch, which the processor would guess wrong half of the time. Nothing overflows: product <= mantissa < 2^63.
        for (var k = 1; k <= LnOnePlus.Length; k++)
        {
            var step = product >> k;
            var fits = ~((long)(mantissa - product - step) >> 63);
            product += step & (ulong)fits;
            sum += LnOnePlus[k - 1] & fits;
        }

        return sum;
    }

    /// <param name="x">Zero or more, in Q48.</param>
    /// <returns>e⁻ˣ in Q48.</returns>
    public static long ExpOfMinus(long x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        if (x == 0) return One;
        var halvings = x / Ln2 + 1;
        if (halvings > FractionBits) return 0;
        var rest = halvings * Ln2 - x;
        var product = ProductOne;
        for (var k = 1; k <= LnOnePlus.Length; k++)
        {
            if (rest < LnOnePlus[k - 1]) continue;
            rest -= LnOnePlus[k - 1];
            product += product >> k;
        }

        return (long)(product >> (int)halvings + (ProductBits - FractionBits));
    }

    /// <param name="value">Zero or more.</param>
    /// <returns>⌊√value⌋.</returns>
    public static long SqrtRoundedDown(long value)
    {
        var root = 0L;
        for (var bit = 1L << 62; bit != 0; bit >>= 2)
        {
            var trial = root + bit;
            root >>= 1;
            if (value < trial) continue;
            value -= trial;
            root += bit;
        }

        return root;
    }

    /// <returns>⌊√value⌋.</returns>
    public static ulong SqrtRoundedDown(UInt128 value)
    {
        var root = UInt128.Zero;
        var bit = UInt128.One << 126;
        while (bit > value) bit >>= 2;
        while (bit != UInt128.Zero)
        {
            var trial = root + bit;
            root >>= 1;
            if (value >= trial)
            {
                value -= trial;
                root += bit;
            }

            bit >>= 2;
        }

        return (ulong)root;
    }
}

namespace Grid.Matching;

/// <summary>Sine, cosine and arc tangent in whole numbers by shifts and additions (J. E. Volder, CORDIC, 1959). Angles are radians in Q48.</summary>
internal static class Cordic
{
    public const long HalfTurn = 884_279_719_003_555;
    public const int FractionBits = 48;

    /// <summary>Π cos(atan 2⁻ᵏ) in Q48: what the rotations stretch is taken off beforehand.</summary>
    private const long Gain = 170_926_505_739_102;

    /// <summary>atan 2⁻ᵏ in Q48 for k = 0 to 40.</summary>
    private static ReadOnlySpan<long> ArcTangents =>
    [
        221069929750889, 130505199945453, 68955363498242, 35002819193903, 17569333089919, 8793231387230, 4397688649582, 2198978517948,
        1099506035422, 549755114839, 274877819563, 137438942549, 68719475371, 34359738197, 17179869163, 8589934589,
        4294967296, 2147483648, 1073741824, 536870912, 268435456, 134217728, 67108864, 33554432,
        16777216, 8388608, 4194304, 2097152, 1048576, 524288, 262144, 131072,
        65536, 32768, 16384, 8192, 4096, 2048, 1024, 512,
        256,
    ];

    /// <param name="angle">From −<see cref="HalfTurn"/> to <see cref="HalfTurn"/>.</param>
    /// <returns>Cosine and sine in Q48.</returns>
    public static (long Cosine, long Sine) Rotate(long angle)
    {
        var isBehind = angle is > HalfTurn / 2 or < -HalfTurn / 2;
        if (isBehind) angle -= angle > 0 ? HalfTurn : -HalfTurn;
        var (x, y) = (Gain, 0L);
        for (var k = 0; k < ArcTangents.Length; k++)
        {
            var (stepX, stepY) = (y >> k, x >> k);
            if (angle >= 0) (x, y, angle) = (x - stepX, y + stepY, angle - ArcTangents[k]);
            else (x, y, angle) = (x + stepX, y - stepY, angle + ArcTangents[k]);
        }

        return isBehind ? (-x, -y) : (x, y);
    }

    /// <param name="y">Zero or more, below 2⁶⁰.</param>
    /// <param name="x">Zero or more, below 2⁶⁰.</param>
    /// <returns>atan(y / x), from 0 to a quarter turn.</returns>
    public static long ArcTangent(long y, long x)
    {
        var angle = 0L;
        for (var k = 0; k < ArcTangents.Length; k++)
        {
            var (stepX, stepY) = (y >> k, x >> k);
            if (y > 0) (x, y, angle) = (x + stepX, y - stepY, angle + ArcTangents[k]);
            else (x, y, angle) = (x - stepX, y + stepY, angle - ArcTangents[k]);
        }

        return angle < 0 ? 0 : angle;
    }
}

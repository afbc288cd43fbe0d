using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>The way between two points on a sphere, in whole numbers.</summary>
public static class GreatCircle
{
    public const int EarthRadiusKm = 6371;

    private const int CentidegreesPerHalfTurn = 18_000;
    private const int UnitBits = 30;
    private const int ArcTangentBits = 46;

    /// <returns>The central angle in radians, Q48.</returns>
    public static long Angle(in UnitVector a, in UnitVector b)
    {
        var apart = Length(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
        var together = Length(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
        return 2 * Cordic.ArcTangent(apart << ArcTangentBits - UnitBits, together << ArcTangentBits - UnitBits);
    }

    public static int DistanceKm(GeoPoint from, GeoPoint to) => (int)(Angle(VectorOf(from), VectorOf(to)) * EarthRadiusKm >> Cordic.FractionBits);

    public static UnitVector VectorOf(GeoPoint point)
    {
        var (cosLatitude, sinLatitude) = Cordic.Rotate(Radians(point.LatitudeCentidegrees));
        var (cosLongitude, sinLongitude) = Cordic.Rotate(Radians(point.LongitudeCentidegrees));
        return new UnitVector(Times(cosLatitude, cosLongitude), Times(cosLatitude, sinLongitude), sinLatitude >> Cordic.FractionBits - UnitBits);
    }

    private static long Radians(int centidegrees) => (long)((Int128)centidegrees * Cordic.HalfTurn / CentidegreesPerHalfTurn);

    private static long Times(long left, long right) => (long)((Int128)left * right >> 2 * Cordic.FractionBits - UnitBits);

    private static long Length(long x, long y, long z) => FixedPoint.SqrtRoundedDown(x * x + y * y + z * z);
}

/// <summary>A point on the unit sphere, Q30.</summary>
public readonly record struct UnitVector(long X, long Y, long Z);

/// <param name="LatitudeCentidegrees">Hundredths of a degree; north is positive.</param>
/// <param name="LongitudeCentidegrees">Hundredths of a degree; east is positive.</param>
public readonly record struct GeoPoint(int LatitudeCentidegrees, int LongitudeCentidegrees);

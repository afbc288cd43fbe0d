using System.Collections.Immutable;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>How near each region of the catalogue is to each other: computed once in whole numbers, then one array read.</summary>
public sealed class RegionMap
{
    /// <summary>A region that the catalogue does not know: near to none but itself.</summary>
    public const int Unknown = -1;

    /// <summary>0.8 of a full factor: the same region, and the most that another region can reach.</summary>
    public const int SameRegion = Factor.One / 5 * 4;

    private const int DecayKm = 5000;

    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);
    private readonly ushort[] _nearness;

    public RegionMap(ImmutableArray<Region> regions)
    {
        Count = regions.Length;
        for (var i = 0; i < Count; i++) _ordinals[regions[i].Name] = i;
        var points = regions.Select(region => GreatCircle.VectorOf(new GeoPoint(region.LatitudeCentidegrees, region.LongitudeCentidegrees))).ToArray();
        _nearness = new ushort[Count * Count];
        for (var from = 0; from < Count; from++)
        {
            for (var to = 0; to <= from; to++)
                _nearness[from * Count + to] = _nearness[to * Count + from] = (ushort)NearnessOf(points[from], points[to]);
        }
    }

    public static RegionMap Standard { get; } = new(RegionCatalogue.Standard.Regions);

    public int Count { get; }

    public int OrdinalOf(string region) => _ordinals.TryGetValue(region, out var ordinal) ? ordinal : Unknown;

    /// <returns>The region factor of a provider in <paramref name="to"/> for an order that wants <paramref name="from"/>, the zone aside.</returns>
    public int Nearness(int from, int to) => from < 0 || to < 0 ? 0 : _nearness[from * Count + to];

    /// <summary>min(0.8, e^(−distance / 5000 km)): a neighbour is never nearer than the region itself.</summary>
    public static int NearnessOf(in UnitVector from, in UnitVector to)
    {
        var exponent = GreatCircle.Angle(from, to) * GreatCircle.EarthRadiusKm / DecayKm;
        var factor = (int)(FixedPoint.ExpOfMinus(exponent) * Factor.One >> FixedPoint.FractionBits);
        return Math.Min(factor, SameRegion);
    }
}

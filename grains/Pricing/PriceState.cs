using System.Collections.Immutable;

namespace Grid.Pricing;

/// <summary>The guide prices of one key, by region.</summary>
public sealed record PriceState
{
    public ImmutableSortedDictionary<string, RegionGuide> Regions { get; init => field = value.OrEmpty(); } =
        ImmutableSortedDictionary<string, RegionGuide>.Empty;
}

/// <param name="Guide">With <see cref="GuideStep.FractionBits"/> fraction bits.</param>
/// <param name="Steps">That it has made.</param>
/// <param name="Recent">The newest steps, oldest first.</param>
/// <param name="Sparse">One of <see cref="Limits.StepsPerSparsePoint"/>, oldest first.</param>
public sealed record RegionGuide(long Guide, long Steps, ImmutableArray<PricePoint> Recent, ImmutableArray<PricePoint> Sparse)
{
    public ImmutableArray<PricePoint> History => Recent.IsEmpty ? Sparse : [.. Sparse.Where(point => point.At < Recent[0].At), .. Recent];

    public static RegionGuide StartingAt(long guide) => new(guide, 0, [], []);

    public RegionGuide Stepped(long guide, int utilizationPpm, DateTimeOffset at)
    {
        var point = new PricePoint(at, GuideStep.RoundedDown(guide), utilizationPpm);
        var isSparse = Steps % Limits.StepsPerSparsePoint == 0;
        return new RegionGuide(
            guide, Steps + 1, Newest(Recent.Add(point), Limits.RecentPoints), isSparse ? Newest(Sparse.Add(point), Limits.SparsePoints)
            : Sparse);
    }

    private static ImmutableArray<PricePoint> Newest(ImmutableArray<PricePoint> points, int most) =>
        points.Length > most ? points.RemoveAt(0) : points;
}

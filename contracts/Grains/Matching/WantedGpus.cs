using System.Collections.Immutable;
using Grid.Protocol.Manifests;

namespace Grid.Matching;

/// <summary>What several services of one placement ask of the same GPUs.</summary>
internal static class WantedGpus
{
    private const long BytesPerMib = 1L << 20;

    /// <summary>A driver reports a little less than a card's nominal memory: 24 564 MiB of 24 GiB, 81 559 of 80 GiB.</summary>
    private const int ReportedPercent = 95;

    /// <summary>Every GPU that satisfies one of the former and one of these.</summary>
    public static IReadOnlyList<WantedGpu> Common(IReadOnlyList<WantedGpu> former, ImmutableArray<GpuAlternative> alternatives) =>
        [.. former.SelectMany(_ => alternatives, Meet).OfType<WantedGpu>().Distinct()];

    /// <summary>Comparisons of whole percents as inclusive bounds.</summary>
    public static FreeVramBounds Narrow(FreeVramBounds bounds, VramRequirement? wanted) => wanted switch
    {
        null => bounds,
        { Comparison: VramComparison.AtLeast } => bounds with { MinPercent = Math.Max(bounds.MinPercent, wanted.Percent) },
        { Comparison: VramComparison.MoreThan } => bounds with { MinPercent = Math.Max(bounds.MinPercent, wanted.Percent + 1) },
        { Comparison: VramComparison.AtMost } => bounds with { MaxPercent = Math.Min(bounds.MaxPercent, wanted.Percent) },
        _ => bounds with { MaxPercent = Math.Min(bounds.MaxPercent, wanted.Percent - 1) },
    };

    private static WantedGpu? Meet(WantedGpu left, GpuAlternative right)
    {
        if (!TryMeet(left.Vendor, right.Vendor, out var vendor) || !TryMeet(left.Model, right.Model ?? "", out var model)) return null;
        if (left.Interface is { } one && right.Interface is { } other && one != other) return null;
        var vramMib = (right.RamBytes ?? 0) / BytesPerMib * ReportedPercent / 100;
        return new WantedGpu(vendor, model, Math.Max(left.MinVramMib, vramMib), left.Interface ?? right.Interface);
    }

    /// <summary>An empty name stands for any.</summary>
    private static bool TryMeet(string left, string right, out string both)
    {
        both = left.Length == 0 ? right : left;
        return left.Length == 0 || right.Length == 0 || left == right;
    }
}

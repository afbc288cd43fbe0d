using System.Collections.Immutable;
using Grid.Protocol.Manifests.Quantities;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>x-grid.placements.NAME</c>.</summary>
internal static class GridPlacementReader
{
    private const int WholeMilli = 1000;

    public static ManifestPlacement Apply(ManifestPlacement placement, Fields? fields)
    {
        if (fields is null) return placement;
        var applied = placement with
        {
            Spread = fields.Flag("spread"),
            Weights = fields.Map("weights") is { } weights ? ReadWeights(weights) : [],
            Isolation = ReadIsolation(fields),
            Compliance = fields.Texts("compliance"),
            MaxRoundTripMs = fields.Whole("maxRoundTripMs", 1, ManifestLimits.RoundTripMs),
            Gang = fields.Map("gang") is { } gang ? ReadGang(gang) : null,
            Array = fields.Map("array") is { } array ? ReadArray(array) : null,
        };
        if (applied is { Gang: not null, Array: not null }) fields.Findings.Error(fields.At, fields.Path, "a placement is a gang or an array, not both");
        if (applied is { Gang: not null, Spread: true }) fields.Findings.Error(fields.Position("spread"), fields.PathOf("spread"), "a gang is placed all or nothing; `spread` can't be asked for it");
        fields.WarnUnknown("a placement in `x-grid`");
        return applied;
    }

    private static string? ReadIsolation(Fields fields)
    {
        if (fields.Text("isolation") is not { } name) return null;
        if (IsolationNames.TryParse(name, out _)) return name;
        fields.Wrong("isolation", name, string.Join(", ", IsolationNames.All));
        return null;
    }

    private static ImmutableArray<ManifestWeight> ReadWeights(Fields fields)
    {
        var weights = ImmutableArray.CreateBuilder<ManifestWeight>();
        foreach (var bound in WeightBounds.All)
        {
            if (fields.Text(bound.Name) is not { } text) continue;
            if (TryMilli(text, out var milli) && milli >= bound.Min && milli <= bound.Max) weights.Add(new ManifestWeight(bound.Name, milli));
            else fields.Wrong(bound.Name, text, $"{bound.Min} to {bound.Max} thousandths, or the same as a share: 0.25 is 250");
        }
        fields.WarnUnknown("`weights`");
        return weights.DrainToImmutable();
    }

    /// <summary>Up to 1 it is a share (<c>0.25</c>), above that whole thousandths (<c>250</c>).</summary>
    private static bool TryMilli(string text, out int milli)
    {
        milli = 0;
        if (!ExactDecimal.TryParse(text, out var value)) return false;
        var isShare = value.Mantissa <= value.Scale;
        if (!value.TryScale(isShare ? WholeMilli : 1, out var scaled) || scaled > WholeMilli) return false;
        milli = (int)scaled;
        return true;
    }

    private static ManifestGang? ReadGang(Fields fields)
    {
        if (!fields.Has("replicas")) fields.Findings.Error(fields.At, fields.PathOf("replicas"), "`replicas` is missing");
        var replicas = fields.Whole("replicas", 1, ManifestLimits.Count);
        var gang = new ManifestGang(replicas ?? 0, fields.Flag("onePerProvider"), fields.Flag("sameModel"), fields.Flag("sameRegion"));
        fields.WarnUnknown("`gang`");
        return replicas is null ? null : gang;
    }

    private static ManifestArray? ReadArray(Fields fields)
    {
        if (!fields.Has("tasks")) fields.Findings.Error(fields.At, fields.PathOf("tasks"), "`tasks` is missing");
        var tasks = fields.Whole("tasks", 1, ManifestLimits.ArrayTasks);
        var parallel = fields.Whole("parallel", 1, ManifestLimits.Count) ?? Math.Min(tasks ?? 1, ManifestLimits.Count);
        var reduce = fields.Text("reduce");
        fields.WarnUnknown("`array`");
        return tasks is { } count ? new ManifestArray(count, parallel, reduce) : null;
    }
}

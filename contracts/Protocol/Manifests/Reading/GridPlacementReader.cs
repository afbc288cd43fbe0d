using System.Collections.Immutable;
using System.Numerics;
using Grid.Protocol.Manifests.Quantities;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>x-grid.placements.NAME</c>.</summary>
internal static class GridPlacementReader
{
    /// <summary>The factors of the score, as the design names them.</summary>
    private static readonly string[] Factors = ["region", "price", "uptime", "reputation", "availability", "slash", "stake", "randomness"];

    private const int MostWeight = 100;

    public static ManifestPlacement Apply(ManifestPlacement placement, Fields? fields)
    {
        if (fields is null) return placement;
        var applied = placement with
        {
            Spread = fields.Flag("spread"),
            Weights = fields.Map("weights") is { } weights ? ReadWeights(weights) : [],
            Isolation = fields.Text("isolation"),
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

    private static ImmutableArray<ManifestWeight> ReadWeights(Fields fields)
    {
        var weights = ImmutableArray.CreateBuilder<ManifestWeight>();
        foreach (var factor in Factors)
        {
            if (fields.Text(factor) is not { } text) continue;
            if (ExactDecimal.TryParse(text, out var value) && value.TryScale(1000, out BigInteger milli) && milli <= MostWeight * 1000) weights.Add(new ManifestWeight(factor, (int)milli));
            else fields.Wrong(factor, text, $"a weight from 0 to {MostWeight} with at most three decimals");
        }
        fields.WarnUnknown("`weights`");
        return weights.DrainToImmutable();
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

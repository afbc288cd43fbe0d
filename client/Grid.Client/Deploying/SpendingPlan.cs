using Grid.Protocol;
using Grid.Protocol.Manifests;

namespace Grid.Client;

/// <summary>What a tenant authorizes where he names no amount himself.</summary>
public static class SpendingPlan
{
    private const long SecondsPerHour = 3600;

    /// <summary>For services that run until they are closed.</summary>
    private const long DefaultSeconds = 24 * SecondsPerHour;

    /// <summary>The manifest's own ceilings, all copies of all placements together.</summary>
    public static RatePerHour MaxRate(Manifest manifest) => manifest.Placements
        .SelectMany(static placement => placement.Groups, static (placement, group) => group.Price.RatePerHour * group.Count * CopiesOf(placement))
        .Aggregate(RatePerHour.Zero, static (sum, rate) => sum + rate);

    /// <summary>The highest rate for the manifest's duration, or a day; never more than there is.</summary>
    public static Money MaxTotal(Manifest manifest, Money available)
    {
        var seconds = manifest.Placements.Select(static placement => placement.DurationSeconds ?? DefaultSeconds).DefaultIfEmpty(DefaultSeconds).Max();
        var microUnits = (Int128)MaxRate(manifest).MicroUnits * seconds / SecondsPerHour;
        return microUnits < available.MicroUnits ? new Money((long)microUnits) : available;
    }

    private static long CopiesOf(ManifestPlacement placement) => placement.Gang?.Replicas ?? placement.Array?.Parallel ?? 1;
}

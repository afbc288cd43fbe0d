using System.Collections.Immutable;
using Grid.Protocol.Catalogue;

namespace Grid.Protocol.Manifests.Reading;

/// <summary>What ICL says once for all placements, directly under <c>profiles</c>.</summary>
internal sealed record ProfileTerms(string? Name, PlacementMode Mode, long? DurationSeconds, ImmutableArray<int> TrustTiers)
{
    public static ProfileTerms None { get; } = new(null, PlacementMode.Any, null, []);

    public static ProfileTerms Read(Fields profiles) => new(
        profiles.Text("name"),
        profiles.Choice("mode", ("provider", PlacementMode.Provider), ("fizz", PlacementMode.Fizz)) ?? default,
        profiles.Seconds("duration"),
        [.. ReadTiers(profiles, "tier").Concat(ReadTiers(profiles, "tiers")).Distinct().Order()]);

    public ManifestPlacement ApplyTo(ManifestPlacement placement) => placement with { Mode = Mode, DurationSeconds = DurationSeconds, TrustTiers = TrustTiers };

    private static List<int> ReadTiers(Fields profiles, string key)
    {
        var tiers = new List<int>();
        foreach (var word in profiles.Words(key))
        {
            var matching = TrustTierTable.Standard.InGroup(word.ToLowerInvariant());
            if (matching.IsEmpty) profiles.Wrong(key, word, "secured, community, secured-1 to secured-3, or community-1 to community-4");
            tiers.AddRange(matching.Select(tier => tier.Number));
        }
        return tiers;
    }
}

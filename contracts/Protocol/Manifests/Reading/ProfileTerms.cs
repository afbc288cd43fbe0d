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
        Tiers(ReadTiers(profiles, "tier") | ReadTiers(profiles, "tiers")));

    public ManifestPlacement ApplyTo(ManifestPlacement placement) => placement with { Mode = Mode, DurationSeconds = DurationSeconds, TrustTiers = TrustTiers };

    /// <returns>Bit t is set where tier t is named.</returns>
    private static int ReadTiers(Fields profiles, string key)
    {
        var tiers = 0;
        foreach (var word in profiles.Words(key))
        {
            var matching = TrustTierTable.Standard.InGroup(word.ToLowerInvariant());
            if (matching.IsEmpty) profiles.Wrong(key, word, "secured, community, secured-1 to secured-3, or community-1 to community-4");
            foreach (var tier in matching) tiers |= 1 << tier.Number;
        }
        return tiers;
    }

    private static ImmutableArray<int> Tiers(int bits)
    {
        var tiers = ImmutableArray.CreateBuilder<int>();
        for (var tier = 0; tier < 31; tier++)
        {
            if ((bits >> tier & 1) != 0) tiers.Add(tier);
        }
        return tiers.DrainToImmutable();
    }
}

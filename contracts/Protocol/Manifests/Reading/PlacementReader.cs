using System.Collections.Immutable;
using System.Globalization;
using Grid.Protocol.Catalogue;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>profiles.placement.NAME</c> without its prices, which belong to the deployment's groups.</summary>
internal static class PlacementReader
{
    public static ManifestPlacement Read(string name, Fields fields, ManifestDialect dialect)
    {
        var placement = new ManifestPlacement { Name = name };
        if (fields.Map("attributes") is { } attributes)
        {
            placement = dialect == ManifestDialect.Icl ? ReadIclAttributes(placement, attributes) : placement with { Attributes = attributes.Attributes() };
        }
        if (fields.Map("signedBy") is { } signedBy)
        {
            placement = placement with { SignedByAnyOf = signedBy.Texts("anyOf"), SignedByAllOf = signedBy.Texts("allOf") };
            signedBy.WarnUnknown("`signedBy`");
        }
        fields.Take("pricing");
        fields.WarnUnknown("a placement");
        return placement;
    }

    private static ManifestPlacement ReadIclAttributes(ManifestPlacement placement, Fields fields)
    {
        var read = placement with
        {
            Regions = ReadRegions(fields, "region"),
            ExcludedRegions = ReadRegions(fields, "exclude_region"),
            Providers = ReadAddresses(fields, "desired_provider"),
            ExcludedProviders = [.. ReadAddresses(fields, "provider_exclude"), .. ReadAddresses(fields, "exclude_provider")],
            FizzNodes = ReadAddresses(fields, "desired_fizz"),
            ExcludedFizzNodes = [.. ReadAddresses(fields, "fizz_exclude"), .. ReadAddresses(fields, "exclude_fizz")],
            BandwidthMbps = ReadBandwidthMbps(fields),
        };
        fields.WarnUnknown("`attributes` of a placement");
        return read;
    }

    private static ImmutableArray<string> ReadRegions(Fields fields, string key)
    {
        var regions = fields.Words(key);
        foreach (var region in regions)
        {
            if (RegionCatalogue.Standard.Find(region) is not null) continue;
            var nearest = Suggestion.For(region, RegionCatalogue.Standard.Regions.Select(known => known.Name));
            var advice = nearest is null ? "see `data/regions.csv` of the protocol's catalogue for names" : $"did you mean `{nearest}`?";
            fields.Findings.Warn(fields.Position(key), fields.PathOf(key), $"{Quoted.Of(region)} is not in the region catalogue: {advice}");
        }
        return regions;
    }

    private static ImmutableArray<ProviderId> ReadAddresses(Fields fields, string key)
    {
        var providers = ImmutableArray.CreateBuilder<ProviderId>();
        foreach (var word in fields.Words(key))
        {
            if (ProviderId.TryParse(word, CultureInfo.InvariantCulture, out var provider)) providers.Add(provider);
            else fields.Wrong(key, word, "a provider's address: 0x and 40 hexadecimal digits");
        }
        return providers.DrainToImmutable();
    }

    private static int ReadBandwidthMbps(Fields fields)
    {
        if (fields.Text("bandwidth") is not { } text) return 0;
        var folded = text.Trim().ToLowerInvariant();
        var factor = folded.EndsWith("gbps", StringComparison.Ordinal) ? 1000L : 1;
        var number = folded.EndsWith("bps", StringComparison.Ordinal) ? folded[..^4].TrimEnd() : folded;
        var isKnownUnit = number == folded || folded.EndsWith("mbps", StringComparison.Ordinal) || factor > 1;
        if (isKnownUnit && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value * factor is > 0 and <= ManifestLimits.BandwidthMbps) return (int)(value * factor);
        fields.Wrong("bandwidth", text, $"a bandwidth such as 100mbps or 1gbps, at most {ManifestLimits.BandwidthMbps}mbps");
        return 0;
    }
}

using System.Collections.Immutable;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>deployment.SERVICE.PLACEMENT</c>: joins services, profiles, placements and prices into groups.</summary>
internal sealed class DeploymentReader(ManifestDialect dialect, Findings findings)
{
    private readonly Dictionary<string, ManifestService> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ComputeResources?> _profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fields> _placements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<ManifestGroup>.Builder> _groups = new(StringComparer.Ordinal);

    public void Add(ManifestService service) => _services.Add(service.Name, service);

    public void Add(string profile, ComputeResources? resources) => _profiles.Add(profile, resources);

    public void Add(string placement, Fields fields) => _placements.Add(placement, fields);

    public ImmutableArray<ManifestGroup> GroupsOf(string placement) => _groups.TryGetValue(placement, out var groups) ? groups.ToImmutable() : [];

    public void Read(Fields deployment)
    {
        foreach (var (service, value, path) in deployment.Named(ManifestLimits.Services, "services"))
        {
            if (!Exists(_services.Keys, service, path, "service")) continue;
            foreach (var (placement, group, groupPath) in Fields.Of(value, path, findings)?.Named(ManifestLimits.Placements, "placements") ?? [])
            {
                if (Exists(_placements.Keys, placement, groupPath, "placement")) ReadGroup(service.Text, placement.Text, group, groupPath);
            }
        }
    }

    private void ReadGroup(string service, string placement, YamlNode node, string path)
    {
        if (node is YamlScalar { IsNull: true }) findings.Error(node, path, "expected `profile` and `count`");
        if (Fields.Of(node, path, findings) is not { } fields) return;
        var profile = fields.RequiredText("profile");
        var count = fields.Has("count") ? fields.Whole("count", 1, ManifestLimits.Count) : 1;
        fields.WarnUnknown("a deployment");
        if (profile is null || count is null) return;
        var at = fields.Position("profile");
        if (!Exists(_profiles.Keys, new YamlScalar(at.Line, at.Column, profile, IsPlain: true), fields.PathOf("profile"), "compute profile")) return;
        var price = ReadPrice(placement, profile);
        if (price is null || _profiles[profile] is not { } resources) return;
        if (!_groups.TryGetValue(placement, out var groups)) _groups.Add(placement, groups = ImmutableArray.CreateBuilder<ManifestGroup>());
        groups.Add(new ManifestGroup(service, count.Value, resources, price));
    }

    private PriceCeiling? ReadPrice(string placement, string profile)
    {
        var fields = _placements[placement];
        if (fields.Map("pricing") is { } pricing && pricing.Take(profile) is { } node)
        {
            return Fields.Of(node, pricing.PathOf(profile), findings) is { } price ? PriceReader.Read(price, dialect) : null;
        }
        findings.Error(fields.Position("pricing"), fields.PathOf("pricing"), $"no price for the profile {Quoted.Of(profile)}; add `{profile}: {{token, amount}}`");
        return null;
    }

    private bool Exists(IEnumerable<string> known, YamlScalar name, string path, string what)
    {
        if (known.Contains(name.Text)) return true;
        var advice = Suggestion.For(name.Text, known) is { } nearest ? $"did you mean `{nearest}`?" : "define it or remove this";
        findings.Error(name, path, $"there is no {what} {Quoted.Of(name.Text)}: {advice}");
        return false;
    }
}

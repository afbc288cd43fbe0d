using System.Collections.Immutable;

namespace Grid.Protocol.Manifests.Reading;

/// <summary>Builds the model from the root mapping: the dialect first, then each section, then what ties them together.</summary>
internal sealed class ManifestBuilder
{
    private readonly Fields _root;
    private readonly Findings _findings;
    private readonly ManifestDialect _dialect;
    private readonly string _version;
    private readonly SortedList<string, Fields> _serviceFields = new(StringComparer.Ordinal);
    private readonly SortedList<string, Fields> _placementFields = new(StringComparer.Ordinal);

    private ManifestBuilder(Fields root, ManifestDialect dialect, string version) => (_root, _findings, _dialect, _version) = (root, root.Findings, dialect, version);

    public static Manifest? Build(Fields root) => VersionReader.Read(root) is var (dialect, version) ? new ManifestBuilder(root, dialect, version).Build() : null;

    private Manifest? Build()
    {
        var deployment = new DeploymentReader(_dialect, _findings);
        var services = ReadServices(_root.RequiredMap("services"));
        foreach (var service in services) deployment.Add(service);
        var profiles = _root.RequiredMap("profiles");
        var terms = profiles is null || _dialect == ManifestDialect.Sdl ? ProfileTerms.None : ProfileTerms.Read(profiles);
        ReadCompute(profiles?.RequiredMap("compute"), deployment);
        var placements = ReadPlacements(profiles?.RequiredMap("placement"), deployment);
        profiles?.WarnUnknown("`profiles`");
        if (_root.RequiredMap("deployment") is { } section) deployment.Read(section);
        var endpoints = _dialect == ManifestDialect.Sdl ? EndpointReader.Read(_root) : [];
        var grid = GridBlock.Read(_root);
        WarnUnknownSections();
        grid.RefuseUnknown([.. _serviceFields.Keys], [.. _placementFields.Keys]);
        return Assemble(services, placements, endpoints, deployment, terms, grid);
    }

    private Manifest Assemble(
        List<ManifestService> services, List<ManifestPlacement> placements, ImmutableArray<ManifestEndpoint> endpoints, DeploymentReader deployment, ProfileTerms terms, GridBlock grid)
    {
        var placed = placements
            .Select(placement => GridPlacementReader.Apply(terms.ApplyTo(placement) with { Groups = deployment.GroupsOf(placement.Name) }, grid.Placement(placement.Name)))
            .ToList();
        var gangs = placed.Where(placement => placement.Gang is not null).SelectMany(placement => placement.Groups).Select(group => group.Service).ToHashSet(StringComparer.Ordinal);
        var manifest = new Manifest
        {
            Dialect = _dialect,
            Version = _version,
            Name = terms.Name,
            Services = [.. services.Select(service => GridServiceReader.Apply(service, grid.Service(service.Name), gangs.Contains(service.Name)))],
            Placements = [.. placed.Where(placement => placement.Groups.Length > 0)],
            Endpoints = endpoints,
        };
        Check(manifest, placed, terms.Mode);
        return manifest;
    }

    private List<ManifestService> ReadServices(Fields? section)
    {
        var services = new List<ManifestService>();
        foreach (var (name, value, path) in section?.Named(ManifestLimits.Services, "services") ?? [])
        {
            if (Fields.Of(value, path, _findings) is not { } fields)
            {
                if (value is Yaml.YamlScalar) _findings.Error(name, path, "the service is empty; expected at least `image`");
                continue;
            }
            _serviceFields.Add(name.Text, fields);
            if (ServiceReader.Read(name.Text, fields, _dialect) is { } service) services.Add(service);
        }
        return services;
    }

    private void ReadCompute(Fields? section, DeploymentReader deployment)
    {
        foreach (var (name, value, path) in section?.Named(ManifestLimits.Services, "compute profiles") ?? [])
        {
            deployment.Add(name.Text, Fields.Of(value, path, _findings) is { } fields ? ComputeReader.Read(fields) : null);
        }
    }

    private List<ManifestPlacement> ReadPlacements(Fields? section, DeploymentReader deployment)
    {
        var placements = new List<ManifestPlacement>();
        foreach (var (name, value, path) in section?.Named(ManifestLimits.Placements, "placements") ?? [])
        {
            if (Fields.Of(value, path, _findings) is not { } fields) continue;
            _placementFields.Add(name.Text, fields);
            deployment.Add(name.Text, fields);
            placements.Add(PlacementReader.Read(name.Text, fields, _dialect));
        }
        return placements;
    }

    /// <summary>Keys that begin with <c>x-</c> are free, for instance to hold anchors, unless they look like a misspelt <c>x-grid</c>.</summary>
    private void WarnUnknownSections()
    {
        foreach (var name in _root.Names.Where(name => name.StartsWith("x-", StringComparison.Ordinal) && Suggestion.For(name, [GridBlock.Key]) is null)) _root.Take(name);
        _root.WarnUnknown("a manifest");
    }

    private void Check(Manifest manifest, List<ManifestPlacement> placements, PlacementMode mode)
    {
        var references = new ReferenceRules([.. _serviceFields.Keys], [.. manifest.Endpoints.Select(endpoint => endpoint.Name)]);
        var groups = manifest.Placements.SelectMany(placement => placement.Groups).ToLookup(group => group.Service, StringComparer.Ordinal);
        foreach (var service in manifest.Services)
        {
            var fields = _serviceFields[service.Name];
            references.Check(service, groups[service.Name], fields);
            FizzRules.CheckService(service, mode, fields);
            if (!groups.Contains(service.Name) && !_findings.HasErrors) _findings.Warn(fields.At, fields.Path, "the service is deployed nowhere; add it under `deployment`");
        }
        foreach (var placement in placements) Check(placement, _placementFields[placement.Name]);
        if (manifest.Placements.IsEmpty && !_findings.HasErrors) _findings.Error(_root.Position("deployment"), "deployment", "nothing is deployed; expected SERVICE.PLACEMENT with `profile` and `count`");
    }

    private void Check(ManifestPlacement placement, Fields fields)
    {
        var copies = placement.Groups.Sum(group => group.Count);
        if (copies > ManifestLimits.Count) _findings.Error(fields.At, fields.Path, $"{copies} copies in all; at most {ManifestLimits.Count} in one placement");
        else FizzRules.CheckPlacement(placement, fields);
        if (placement.Groups.IsEmpty && !_findings.HasErrors) _findings.Warn(fields.At, fields.Path, "no service is deployed to this placement; it is left out");
        if (placement.Array?.Reduce is { } reduce && !_serviceFields.ContainsKey(reduce)) _findings.Error(fields.At, $"x-grid.placements.{placement.Name}.array.reduce", $"there is no service {Quoted.Of(reduce)}");
    }
}

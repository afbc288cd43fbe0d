using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

/// <summary>A deploy.yaml of either dialect, read and checked: every name it mentions exists, every number is in its range. Lists are in document order.</summary>
public sealed record Manifest
{
    public required ManifestDialect Dialect { get; init; }

    /// <summary><c>1.0</c>, <c>2.0</c> or <c>2.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>ICL's <c>profiles.name</c>.</summary>
    public string? Name { get; init; }

    public ImmutableArray<ManifestService> Services { get; init => field = Lists.Given(value); } = [];

    /// <summary>Only placements that some service is deployed to.</summary>
    public ImmutableArray<ManifestPlacement> Placements { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ManifestEndpoint> Endpoints { get; init => field = Lists.Given(value); } = [];

    public ManifestService? FindService(string name) => Services.FirstOrDefault(service => service.Name == name);

    public ManifestPlacement? FindPlacement(string name) => Placements.FirstOrDefault(placement => placement.Name == name);

    /// <summary>What is ordered: one group for each placement, or one for each replica where the placement is spread.</summary>
    [JsonIgnore]
    public IEnumerable<(string Placement, int Ordinal)> PlannedOrders => Placements.SelectMany(static placement => Enumerable
        .Range(0, placement.Spread ? placement.Groups.Max(static group => group.Count) : 1)
        .Select(ordinal => (placement.Name, ordinal)));

    /// <summary>Every environment value and registry password, whether or not its value is still here: the same before and after <see cref="WithoutSecrets"/>.</summary>
    [JsonIgnore]
    public IEnumerable<SecretRef> Secrets => Services.SelectMany(service => service.Secrets);

    /// <returns>The secret's value in clear; null when the manifest has no such secret.</returns>
    public string? FindSecret(SecretRef secret) => FindService(secret.Service)?.FindSecret(secret);

    /// <summary>The manifest with every secret value blanked: what may be stored, logged and sent.</summary>
    public Manifest WithoutSecrets() => WithSecrets(static _ => "");

    /// <summary>The manifest with every secret value replaced, for instance by the values that a node has unsealed.</summary>
    public Manifest WithSecrets(Func<SecretRef, string> valueOf) => this with { Services = [.. Services.Select(service => service.WithSecrets(valueOf))] };
}

[JsonConverter(typeof(JsonStringEnumConverter<ManifestDialect>))]
public enum ManifestDialect
{
    /// <summary>Spheron's, version 1.0.</summary>
    Icl = 1,

    /// <summary>Akash's, versions 2.0 and 2.1.</summary>
    Sdl = 2,
}

/// <summary>A leased address that services can be exposed on (SDL <c>endpoints</c>).</summary>
/// <param name="Kind">Only <c>ip</c> exists.</param>
public sealed record ManifestEndpoint(string Name, string Kind);

/// <summary>A key and a value that a provider must have declared.</summary>
public sealed record ManifestAttribute(string Key, string Value);

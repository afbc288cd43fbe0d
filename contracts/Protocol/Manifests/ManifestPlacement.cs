using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

/// <summary>Services that are placed together, and what their provider must be. An empty list asks for nothing.</summary>
public sealed record ManifestPlacement
{
    public required string Name { get; init; }

    /// <summary>What the provider must declare (SDL; ICL's own keys are the fields below).</summary>
    public ImmutableArray<ManifestAttribute> Attributes { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<string> Regions { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<string> ExcludedRegions { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ProviderId> Providers { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ProviderId> ExcludedProviders { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ProviderId> FizzNodes { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ProviderId> ExcludedFizzNodes { get; init => field = Lists.Given(value); } = [];

    public PlacementMode Mode { get; init; }

    /// <summary>Trust tiers that will do, ascending, 1 to 7.</summary>
    public ImmutableArray<int> TrustTiers { get; init => field = Lists.Given(value); } = [];

    /// <summary>Auditors of whom at least one must have signed the attributes.</summary>
    public ImmutableArray<string> SignedByAnyOf { get; init => field = Lists.Given(value); } = [];

    /// <summary>Auditors who all must have signed the attributes.</summary>
    public ImmutableArray<string> SignedByAllOf { get; init => field = Lists.Given(value); } = [];

    /// <summary>At least this much; 0 asks for nothing.</summary>
    public int BandwidthMbps { get; init; }

    /// <summary>Null: until it is closed.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>Replica i is an order of its own instead of all counts at one provider.</summary>
    public bool Spread { get; init; }

    public ImmutableArray<ManifestWeight> Weights { get; init => field = Lists.Given(value); } = [];

    /// <summary>The least isolation level that will do, one of <see cref="Offers.IsolationNames"/>.</summary>
    public string? Isolation { get; init; }

    public ImmutableArray<string> Compliance { get; init => field = Lists.Given(value); } = [];

    public int? MaxRoundTripMs { get; init; }

    public ManifestGang? Gang { get; init; }

    public ManifestArray? Array { get; init; }

    public ImmutableArray<ManifestGroup> Groups { get; init => field = Lists.Given(value); } = [];
}

/// <summary>One service of a placement: how often, with what, at which price at most.</summary>
/// <param name="Price">The ceiling for one copy.</param>
public sealed record ManifestGroup(string Service, int Count, ComputeResources Resources, PriceCeiling Price);

[JsonConverter(typeof(JsonStringEnumConverter<PlacementMode>))]
public enum PlacementMode
{
    /// <summary>The file does not say.</summary>
    Any = 0,
    Provider,

    /// <summary>A home machine: one GPU, 32 CPUs, 128Gi memory and 2000Gi storage at most, no ports 80 and 443.</summary>
    Fizz,
}

/// <summary>A factor of the score and its weight in thousandths, within <see cref="Matching.WeightBounds"/>; the matchmaker normalizes them.</summary>
public sealed record ManifestWeight(string Factor, int WeightMilli);

/// <summary>Replicas that run all together or not at all.</summary>
public sealed record ManifestGang(int Replicas, bool OnePerProvider, bool SameModel, bool SameRegion);

/// <summary>The placement's services run once per task, at most <paramref name="Parallel"/> tasks at a time; then <paramref name="Reduce"/>, if named, runs once.</summary>
public sealed record ManifestArray(int Tasks, int Parallel, string? Reduce);

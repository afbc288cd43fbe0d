using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;
using Orleans;

namespace Grid.Matching;

/// <summary>Everything that an order asks of one provider: a placement is placed whole. Empty lists and zeros ask for nothing.</summary>
/// <param name="Amounts">All services and counts together.</param>
/// <param name="LargestGpuShareMillis">The largest part of one GPU that a single replica needs: 1000 and more are whole GPUs.</param>
/// <param name="Gpus">Any one of these will do; empty when no GPU is needed.</param>
/// <param name="FreeVram">Bounds of the free share of VRAM (<c>req_vram</c>).</param>
/// <param name="Architecture">Null: any.</param>
/// <param name="CpuModels">Any one of these will do; a provider says its own as attribute <c>cpu-model</c>.</param>
/// <param name="Mode">Null: any.</param>
/// <param name="Zone">Wanted zone within the wanted regions; a preference, not a filter.</param>
/// <param name="Providers">Only these, when there are any.</param>
/// <param name="TrustTiers">Bit t allows tier t; 0 allows all.</param>
/// <param name="Attributes">All must be present.</param>
/// <param name="SignedByAnyOf">At least one of these auditors signed the attributes.</param>
/// <param name="SignedByAllOf">All of these did.</param>
/// <param name="MaxRoundTripMs">Measured between operator and node; 0: any.</param>
/// <param name="PriceCeiling">The most that the tenant pays for the whole placement.</param>
/// <param name="Token">That listings are priced in; empty: any.</param>
/// <param name="RunAheadSeconds">How far ahead the lease is paid.</param>
/// <param name="MinStake">The operator's own demand: so much must be staked on the chain, and not on its way out.</param>
[GenerateSerializer, Alias("Grid.Matching.MatchRequirement")]
public sealed record MatchRequirement(
    ResourceAmounts Amounts,
    int LargestGpuShareMillis,
    ImmutableArray<WantedGpu> Gpus,
    FreeVramBounds FreeVram,
    CpuArchitecture? Architecture,
    ImmutableArray<string> CpuModels,
    OfferMode? Mode,
    ImmutableArray<string> Regions,
    ImmutableArray<string> ExcludedRegions,
    string Zone,
    ImmutableArray<ProviderId> Providers,
    ImmutableArray<ProviderId> ExcludedProviders,
    byte TrustTiers,
    ImmutableArray<OfferAttribute> Attributes,
    ImmutableArray<Address> SignedByAnyOf,
    ImmutableArray<Address> SignedByAllOf,
    ImmutableArray<string> ComplianceLabels,
    IsolationLevel MinIsolation,
    int MaxRoundTripMs,
    int MinBandwidthMbps,
    bool NeedsHostImage,
    int RunAheadSeconds,
    string Token,
    RatePerHour PriceCeiling,
    MatchWeights Weights,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Money MinStake = default)
{
    /// <summary>Asks for nothing and pays nothing: a base for <c>with</c>.</summary>
    public static MatchRequirement Nothing { get; } = new(
        default, 0, [], FreeVramBounds.Any, null, [], null, [], [], "", [], [], 0, [], [], [], [],
        IsolationLevel.None, 0, 0, false, 0, "", default, MatchWeights.Default);

    /// <summary>The attribute by which a provider names its CPU.</summary>
    public const string CpuModelKey = "cpu-model";

    /// <summary>What a placement that was checked before asks for; see <see cref="ManifestRequirement.TryRead"/>.</summary>
    /// <exception cref="ArgumentException">It can't be placed: the message says which field and what to do.</exception>
    public static MatchRequirement From(Manifest manifest, ManifestPlacement placement, DenomTable denoms, int runAheadSeconds, string token = "") =>
        ManifestRequirement.TryRead(manifest, placement, denoms, runAheadSeconds, token, out var requirement, out var fault)
            ? requirement
            : throw new ArgumentException(fault, nameof(placement));
}

/// <summary>One GPU that will do.</summary>
/// <param name="Vendor">Lower case; empty: any.</param>
/// <param name="Model">The catalogue's name in lower case; empty: any.</param>
/// <param name="MinVramMib">0: any.</param>
/// <param name="Interface">Null: any.</param>
[GenerateSerializer, Alias("Grid.Matching.WantedGpu")]
public sealed record WantedGpu(string Vendor, string Model, long MinVramMib, GpuInterface? Interface);

/// <summary>Inclusive bounds of a GPU's free VRAM in percent.</summary>
[GenerateSerializer, Alias("Grid.Matching.FreeVramBounds")]
public readonly record struct FreeVramBounds(int MinPercent, int MaxPercent)
{
    public static FreeVramBounds Any => new(0, 100);
}

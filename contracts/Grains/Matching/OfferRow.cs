using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Orleans;

namespace Grid.Matching;

/// <summary>What the matchmaker knows of one provider and one of its GPU models (or of its CPUs alone).</summary>
/// <param name="TermsHash">The signed terms that this listing comes from.</param>
/// <param name="Prices">Those of this GPU model.</param>
/// <param name="Free">What is neither held nor leased now; its GPUs are all free parts of this model, in thousandths.</param>
/// <param name="Gpu"><see cref="GpuListing.None"/> for a provider without GPUs.</param>
/// <param name="Auditors">Whose unexpired signatures over the attributes were verified, sorted.</param>
/// <param name="RoundTripMs">Measured between operator and node.</param>
[GenerateSerializer, Alias("Grid.Matching.OfferRow")]
public sealed record OfferRow(
    ProviderId Provider,
    Address Owner,
    Hash256 TermsHash,
    string Region,
    string Zone,
    OfferMode Mode,
    CpuArchitecture Architecture,
    IsolationLevel Isolation,
    string Token,
    UnitPrices Prices,
    ResourceAmounts Free,
    GpuListing Gpu,
    ProviderStanding Standing,
    ImmutableArray<OfferAttribute> Attributes,
    ImmutableArray<Address> Auditors,
    ImmutableArray<string> ComplianceLabels,
    int BandwidthMbps,
    int RoundTripMs,
    int MaxRunAheadSeconds,
    bool AllowsHostImage)
{
    public OfferKey Key => new(Provider, Gpu.Model);
}

/// <summary>A provider's GPUs of one model.</summary>
/// <param name="Model">Empty: no GPU.</param>
/// <param name="VramMib">Of each; the smallest where they differ.</param>
/// <param name="FreeVramPercent">Of the freest device.</param>
/// <param name="WholeFreeCount">Devices of which no part is held or leased.</param>
/// <param name="LargestFreeShareMillis">The largest part that one lease may still get of a device that may be shared; 0 when none.</param>
[GenerateSerializer, Alias("Grid.Matching.GpuListing")]
public sealed record GpuListing(
    string Model,
    string Vendor,
    GpuInterface? Interface,
    long VramMib,
    int FreeVramPercent,
    int WholeFreeCount,
    int LargestFreeShareMillis,
    bool IsPretended)
{
    public static GpuListing None { get; } = new("", "", null, 0, 0, 0, 0, false);
}

/// <summary>What others say about a provider; it changes by eras and lease outcomes.</summary>
/// <param name="SlashedPpm">Slashed in the last 90 days, in parts per million of the stake.</param>
/// <param name="UptimeFactor">0 to <c>Factor.One</c>.</param>
/// <param name="ReputationFactor">0 to <c>Factor.One</c>, the trust tier's step included.</param>
/// <param name="TrustTier">1 (most trusted) to 7.</param>
[GenerateSerializer, Alias("Grid.Matching.ProviderStanding")]
public readonly record struct ProviderStanding(Money Stake, int SlashedPpm, int ErasServed, int UptimeFactor, int ReputationFactor, byte TrustTier)
{
    /// <summary>Where every new provider starts.</summary>
    public const byte FirstTrustTier = 6;

    public static ProviderStanding Newcomer => new(Money.Zero, 0, 0, 0, 0, FirstTrustTier);
}

/// <summary>One listing of the index.</summary>
[GenerateSerializer, Alias("Grid.Matching.OfferKey")]
public readonly record struct OfferKey(ProviderId Provider, string GpuModel) : IComparable<OfferKey>
{
    public int CompareTo(OfferKey other)
    {
        var byProvider = Provider.CompareTo(other.Provider);
        return byProvider != 0 ? byProvider : string.CompareOrdinal(GpuModel, other.GpuModel);
    }
}

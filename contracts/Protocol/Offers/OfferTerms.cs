using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Offers;

/// <summary>What a provider lists: the preimage of the signed <c>Offer.termsHash</c> (<see cref="OfferTermsHash"/>).</summary>
/// <param name="Owner">The staking address that groups machines; the provider's own address by default.</param>
/// <param name="Region">A name of the region catalogue.</param>
/// <param name="Zone">Declared by the provider; empty when it has none. Compared only within a region.</param>
/// <param name="Token">The token that prices are in.</param>
/// <param name="Capacity">The slice of the machine that its owner offers; GPUs are in <paramref name="Devices"/>.</param>
/// <param name="Devices">Sorted by uuid.</param>
/// <param name="Attributes">Sorted by key, then value.</param>
/// <param name="ComplianceLabels">Sorted.</param>
/// <param name="BandwidthMbps">Sustained, both directions.</param>
/// <param name="MaxRunAheadSeconds">The longest <c>runAhead</c> it accepts.</param>
/// <param name="AllowsHostImage">Whether <c>image: host</c> may run here.</param>
public sealed record OfferTerms(
    ProviderId Provider,
    Address Owner,
    string Region,
    string Zone,
    OfferMode Mode,
    CpuArchitecture Architecture,
    IsolationLevel Isolation,
    string Token,
    OfferPrices Prices,
    ResourceAmounts Capacity,
    ImmutableArray<OfferedDevice> Devices,
    ImmutableArray<OfferAttribute> Attributes,
    ImmutableArray<AttributeAudit> Audits,
    ImmutableArray<string> ComplianceLabels,
    int BandwidthMbps,
    int MaxRunAheadSeconds,
    bool AllowsHostImage);

using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/providers</c>.</summary>
/// <param name="Next">Give it back as <c>?after=</c> for the next page; null on the last.</param>
public sealed record ProviderList(IReadOnlyList<ProviderSummary> Providers, string? Next = null);

/// <param name="IsConnected">Its node has a session.</param>
/// <param name="Free">What is not leased or held now.</param>
/// <param name="TrustTier">1 is the best; new providers start in 6.</param>
/// <param name="UptimePpm">Lower bound, in millionths.</param>
/// <param name="ReputationPpm">Lower bound, in millionths.</param>
/// <param name="Maintenance">Announced for now or next; null: none.</param>
/// <param name="Asked">What it asks now; where its terms list a floor, this is the guide price within floor and ceiling.</param>
public sealed record ProviderSummary(
    ProviderId Provider,
    OfferTerms Terms,
    ulong OfferVersion,
    bool IsConnected,
    bool IsInMaintenance,
    ResourceAmounts Free,
    int ActiveLeaseCount,
    int TrustTier,
    int UptimePpm,
    int ReputationPpm,
    OfferPrices? Asked = null,
    Maintenance? Maintenance = null);

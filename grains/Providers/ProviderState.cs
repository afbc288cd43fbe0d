using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Providers;

/// <summary>All that is durable of a provider: what it lists, and what of it is promised.</summary>
public sealed record ProviderState
{
    public OfferTerms? Terms { get; init; }

    public Signed<Offer>? Offer { get; init; }

    public Signed<OwnerConsent>? Consent { get; init; }

    /// <summary>Raised by every session; what an older one says is refused.</summary>
    public long Epoch { get; init; }

    public string BootId { get; init => field = value ?? ""; } = "";

    public CapacityLedger Ledger { get; init => field = value ?? new(); } = new();

    public int ShardPage { get; init; }
}

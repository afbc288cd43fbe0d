using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Providers;

/// <summary>What a provider lists, and its session; what of it is promised is in <see cref="ProviderLedgerState"/>.</summary>
public sealed record ProviderState
{
    public OfferTerms? Terms { get; init; }

    public Signed<Offer>? Offer { get; init; }

    public Signed<OwnerConsent>? Consent { get; init; }

    /// <summary>Raised by every session; what an older one says is refused.</summary>
    public long Epoch { get; init; }

    public string BootId { get; init => field = value ?? ""; } = "";

    /// <summary>Where earlier versions kept it; read when there is no row of its own yet.</summary>
    public CapacityLedger Ledger { get; init => field = value ?? new(); } = new();

    public int ShardPage { get; init; }
}

using System.Collections.Immutable;
using Grid.Matching;

namespace Grid.Providers;

/// <summary>An offering's rows, made anew only when something of it has changed or a hold has expired: sixteen bids for each order ask for them.</summary>
internal sealed class ListedRows
{
    private ProviderOffering? _offering;
    private ImmutableArray<OfferRow> _rows = [];
    private DateTimeOffset _from;
    private DateTimeOffset _until;

    public ImmutableArray<OfferRow> Of(ProviderOffering offering, DateTimeOffset now)
    {
        if (IsCurrent(offering, now)) return _rows;
        _offering = offering;
        _rows = offering.Rows(now);
        (_from, _until) = (now, offering.NextExpiryAfter(now));
        return _rows;
    }

    private bool IsCurrent(ProviderOffering offering, DateTimeOffset now) =>
        _offering is { } listed
        && ReferenceEquals(listed.Terms, offering.Terms) && ReferenceEquals(listed.Ledger, offering.Ledger) && ReferenceEquals(listed.Standing, offering.Standing)
        && ReferenceEquals(listed.Elsewhere, offering.Elsewhere) && ReferenceEquals(listed.Guides, offering.Guides)
        && listed.RoundTripMs == offering.RoundTripMs && now >= _from && now < _until;
}

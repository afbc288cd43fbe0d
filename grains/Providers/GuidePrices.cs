using System.Collections.Immutable;
using Grid.Pricing;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Orleans;

namespace Grid.Providers;

/// <summary>A provider's side of the guide prices: it says how much of its slice is taken, and hears what the guide prices are.</summary>
internal sealed class GuidePrices(IGrainFactory grains, ProviderId provider)
{
    private (OfferTerms? Terms, CapacityLedger? Ledger, BoundElsewhere? Elsewhere) _reported;
    private ImmutableArray<string> _keys = [];
    private string _region = "";

    /// <summary>By <see cref="PriceKeys"/>, as it was heard last; what is missing is at its start.</summary>
    public ImmutableSortedDictionary<string, RatePerHour> Known { get; private set; } = ImmutableSortedDictionary<string,
        RatePerHour>.Empty;

    /// <summary>Whether something of it is other than it was reported last.</summary>
    public bool IsNews(ProviderOffering offering) =>
        !ReferenceEquals(offering.Terms, _reported.Terms) || !ReferenceEquals(offering.Ledger, _reported.Ledger)
            || offering.Elsewhere != _reported.Elsewhere;

    /// <returns>Whether a guide price is other than it was known.</returns>
    public async Task<bool> Report(ProviderOffering offering, DateTimeOffset now)
    {
        var uses = ProviderUse.Of(offering, now);
        var guides = await Task.WhenAll(uses.Select(use => Send(new UseReport(
            provider, offering.Terms.Region, use.Use.Offered, use.Use.Leased, offering.Terms.Prices.CeilingOf(use.Key) is not null),
                use.Key)));
        await Withdraw(_keys.Except(uses.Select(static use => use.Key), StringComparer.Ordinal));
        _reported = (offering.Terms, offering.Ledger, offering.Elsewhere);
        (_keys, _region) = ([.. uses.Select(static use => use.Key)], offering.Terms.Region);
        var known = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, uses
            .Zip(guides, static (use, guide) => (use.Key, Guide: guide))
            .Where(static pair => pair.Guide is not null)
            .Select(static pair => KeyValuePair.Create(pair.Key, pair.Guide!.Value)));
        if (known.SequenceEqual(Known)) return false;
        Known = known;
        return true;
    }

    /// <summary>Its node is away: it offers nothing.</summary>
    public async Task Withdraw()
    {
        await Withdraw(_keys);
        _keys = [];
        _reported = default;
    }

    private async Task Withdraw(IEnumerable<string> keys) =>
        await Task.WhenAll(keys.Select(key => Send(new UseReport(provider, _region, 0, 0, false), key)));

    private Task<RatePerHour?> Send(UseReport report, string key) => grains.GetGrain<IPriceGrain>(key).Report(report);
}

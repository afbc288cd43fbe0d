using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>A provider's live bid: the matchmaker's own judgement, of newer numbers.</summary>
public static class Bids
{
    /// <param name="live">The listing as it is now; null when it is no longer offered.</param>
    public static Bid Of(ProviderId provider, OfferRow? live, QuoteRequest request, RegionMap regions, bool acceptsPretendedGpus, long availableUntilUnixMs)
    {
        if (live is null) return Refused(provider, request, HardFilter.Provider);
        var query = new MatchQuery(request.Requirement, regions, acceptsPretendedGpus);
        var judged = query.Judge(live, request.MedianStake);
        return judged.ExcludedBy is { } filter
            ? Refused(provider, request, filter)
            : new Bid(provider, request.GpuModel, null, judged.Ask, judged.Factors, judged.Score, availableUntilUnixMs);
    }

    public static Bid Refused(ProviderId provider, QuoteRequest request, HardFilter filter) =>
        new(provider, request.GpuModel, filter, default, default, 0, 0);
}

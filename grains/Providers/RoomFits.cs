using System.Collections.Immutable;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;

namespace Grid.Providers;

/// <summary>Whether an order fits a provider, now or if everything of it were free: the matchmaker's own judgement.</summary>
public static class RoomFits
{
    private static readonly CapacityLedger s_nothing = new();

    public static RoomFit Of(
        ProviderOffering offering, ImmutableArray<OfferRow> now, MatchRequirement requirement, RegionMap regions,
        GridParameters parameters, DateTimeOffset at)
    {
        var query = new MatchQuery(requirement, regions, parameters.AcceptsPretendedGpus);
        if (now.Any(row => Passes(query, row))) return RoomFit.Now;
        var empty = (offering with { Ledger = s_nothing, Elsewhere = BoundElsewhere.Nothing }).Rows(at);
        return empty.Any(row => Passes(query, row)) ? RoomFit.Later : RoomFit.Never;
    }

    private static bool Passes(MatchQuery query, OfferRow row) => query.Judge(row, Money.Zero).ExcludedBy is null;
}

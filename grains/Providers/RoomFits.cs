using System.Collections.Immutable;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;

namespace Grid.Providers;

/// <summary>Whether orders fit a provider, now or if everything of it were free: the matchmaker's own judgement.</summary>
/// <param name="now">What is free.</param>
public sealed class RoomFits(
    ProviderOffering offering, ImmutableArray<OfferRow> now, RegionMap regions, GridParameters parameters, DateTimeOffset at)
{
    private static readonly CapacityLedger s_nothing = new();

    private ImmutableArray<OfferRow>? _empty;

    /// <summary>The rows as they were if everything were free: made once for all orders that are asked about.</summary>
    private ImmutableArray<OfferRow> Empty =>
        _empty ??= (offering with { Ledger = s_nothing, Elsewhere = BoundElsewhere.Nothing }).Rows(at);

    public RoomFit Of(MatchRequirement requirement)
    {
        var query = new MatchQuery(requirement, regions, parameters.AcceptsPretendedGpus);
        if (now.Any(row => Passes(query, row))) return RoomFit.Now;
        return Empty.Any(row => Passes(query, row)) ? RoomFit.Later : RoomFit.Never;
    }

    private static bool Passes(MatchQuery query, OfferRow row) => query.Judge(row, Money.Zero).ExcludedBy is null;
}

using Grid.Protocol;
using Orleans;

namespace Grid.Matching;

/// <summary>What a delta does. The values are hashed and stored: append only.</summary>
public enum OfferDeltaKind : byte
{
    Upsert = 1,
    Remove = 2,
    MedianStake = 3,

    /// <summary>Which states of the regions a match over several of them saw; it changes no listing.</summary>
    Merge = 4,
}

/// <summary>One change of the index: the index at a sequence number is the fold of the deltas up to it.</summary>
/// <param name="Row">Only of an upsert.</param>
/// <param name="Key">Only of a removal.</param>
/// <param name="MedianStake">Only of a change of the stake that others are measured against.</param>
[GenerateSerializer, Alias("Grid.Matching.OfferDelta")]
public sealed record OfferDelta(OfferDeltaKind Kind, OfferRow? Row, OfferKey Key, Money MedianStake)
{
    public static OfferDelta Upsert(OfferRow row) => new(OfferDeltaKind.Upsert, row, row.Key, default);

    public static OfferDelta Remove(OfferKey key) => new(OfferDeltaKind.Remove, null, key, default);

    public static OfferDelta MeasureStakeAgainst(Money median) => new(OfferDeltaKind.MedianStake, null, default, median);
}

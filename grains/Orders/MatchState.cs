using System.Collections.Immutable;
using Grid.Matching;

namespace Grid.Orders;

/// <summary>What an order was matched to: written once, before anybody is asked to hold anything, so that attempt k is one provider's for ever.</summary>
public sealed record MatchState
{
    public ImmutableArray<byte> Record { get; init; } = [];

    public ImmutableArray<RankedBid> Ranking { get; init; } = [];

    public int Candidates { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public DateTimeOffset MatchedAt { get; init; }
}

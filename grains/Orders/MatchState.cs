using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Matching;

namespace Grid.Orders;

/// <summary>What an order was matched to: written once, before anybody is asked to hold anything, so that attempt k is one provider's for
/// ever.</summary>
public sealed record MatchState
{
    [JsonConverter(typeof(Base64BytesJsonConverter))]
    public ImmutableArray<byte> Record { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What was asked, in the bytes of which the record has the hash.</summary>
    [JsonConverter(typeof(Base64BytesJsonConverter))]
    public ImmutableArray<byte> Requirement { get; init => field = value.OrEmpty(); } = [];

    public ImmutableArray<RankedBid> Ranking { get; init => field = value.OrEmpty(); } = [];

    public int Candidates { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public DateTimeOffset MatchedAt { get; init; }
}

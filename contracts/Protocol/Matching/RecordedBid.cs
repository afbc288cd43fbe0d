using System.Text.Json.Serialization;
using Grid.Protocol.Json;

namespace Grid.Protocol.Matching;

/// <summary>What became of asking a candidate for a bid. The values are stored: append only.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<BidOutcome>))]
public enum BidOutcome : byte
{
    Offered = 0,

    /// <summary>Its live offer fails a hard filter.</summary>
    Refused = 1,

    NoAnswer = 2,

    /// <summary>It asked more than it lists, which no bid may.</summary>
    AboveListed = 3,
}

/// <summary>A live bid of one of the candidates.</summary>
/// <param name="Candidate">Its place in the record's candidates.</param>
/// <param name="RefusedBy">Only of <see cref="BidOutcome.Refused"/>.</param>
/// <param name="Score">Of the live offer, by the same function.</param>
public sealed record RecordedBid(
    int Candidate,
    BidOutcome Outcome,
    HardFilter RefusedBy,
    RatePerHour Rate,
    Factors Factors,
    int Score,
    long AvailableUntilUnixMs);

using Grid.Protocol.Matching;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/orders/{id}/explain</c>; with <c>?full=true</c> the match is made again.</summary>
/// <param name="Record">The match record's own bytes, base64 in JSON: whoever doubts the explanation recomputes it from them.</param>
/// <param name="Full">Null where it was not asked for.</param>
public sealed record ExplainResponse(MatchExplanation Explanation, byte[] Record, FullExplanation? Full = null);

/// <summary>A match made again from the kept changes of the index that it saw.</summary>
/// <param name="Regions">Whose indexes were rebuilt.</param>
/// <param name="Differences">Between the record and what the indexes give; empty where every bit is the same.</param>
/// <param name="Provider">Why one provider was not chosen, for each of its listings; null where none was asked for.</param>
public sealed record FullExplanation(
    IReadOnlyList<RebuiltIndex> Regions, IReadOnlyList<string> Differences, IReadOnlyList<LosingListing>? Provider);

/// <param name="Listings">In it at that position.</param>
public sealed record RebuiltIndex(string Region, IndexPosition Position, int Listings);

/// <param name="ExcludedBy">The first filter that it failed; null where it was scored.</param>
/// <param name="Why">In words.</param>
/// <param name="WouldHaveWon">What would have, in words; null where nothing had to be different.</param>
public sealed record LosingListing(
    ProviderId Provider,
    string GpuModel,
    HardFilter? ExcludedBy,
    RatePerHour Ask,
    IReadOnlyList<ExplainedFactor> Factors,
    int ScorePpm,
    int NoisePpm,
    string Why,
    string? WouldHaveWon);

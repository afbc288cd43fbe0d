using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Orleans;

namespace Grid.Matching;

[GenerateSerializer, Alias("Grid.Matching.MatchRequest")]
public sealed record MatchRequest(OrderId Order, MatchRequirement Requirement);

/// <param name="Seed">Of the match: ties among equal scores are drawn from it.</param>
[GenerateSerializer, Alias("Grid.Matching.ScanRequest")]
public sealed record ScanRequest(MatchRequirement Requirement, Hash256 Seed);

/// <param name="Ranking">Best first; empty where nobody fits.</param>
/// <param name="Record">The encoded match record; empty where nobody fits.</param>
/// <param name="Candidates">How many providers passed every hard filter.</param>
/// <param name="Exclusions">How many each hard filter excluded, by the filter's name.</param>
[GenerateSerializer, Alias("Grid.Matching.MatchResult")]
public sealed record MatchResult(
    ImmutableArray<RankedBid> Ranking,
    ImmutableArray<byte> Record,
    int Candidates,
    ImmutableArray<FilterExclusion> Exclusions);

/// <param name="GpuModel">The listing that was ranked; empty for a provider's CPUs alone.</param>
[GenerateSerializer, Alias("Grid.Matching.RankedBid")]
public sealed record RankedBid(ProviderId Provider, string GpuModel, RatePerHour Rate);

[GenerateSerializer, Alias("Grid.Matching.FilterExclusion")]
public sealed record FilterExclusion(string Filter, int Count);

using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>Why an order went where it went: enough to recompute the choice. Written once, at most 8 KiB (<see cref="MatchRecordCodec"/>).</summary>
/// <param name="RequirementHash">Of what the order asked.</param>
/// <param name="ListingsScanned">Rows of the index, each a provider and one of its GPU models.</param>
/// <param name="ProvidersPassed">Distinct providers that passed every hard filter.</param>
/// <param name="Excluded">Per <see cref="HardFilter"/>: the listings that it was the first to exclude.</param>
/// <param name="Candidates">By rank (score + noise), at most one per owner.</param>
/// <param name="Bids">In the order of the candidates that were asked.</param>
/// <param name="Ranking">Candidates whose bid stands, best first: what the order walks.</param>
public sealed record MatchRecord(
    MatchSeed Seed,
    Hash256 RequirementHash,
    IndexPosition Index,
    long MatchedAtUnixMs,
    RatePerHour PriceCeiling,
    Money MedianStake,
    MatchWeights Weights,
    int ListingsScanned,
    int ProvidersPassed,
    ImmutableArray<int> Excluded,
    ImmutableArray<MatchCandidate> Candidates,
    ImmutableArray<RecordedBid> Bids,
    ImmutableArray<int> Ranking);

using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Orleans;

namespace Grid.Matching;

/// <summary>What a scan of an index found.</summary>
/// <param name="Index">The state that was scanned.</param>
/// <param name="ListingsScanned">Rows: each a provider and one of its GPU models.</param>
/// <param name="ProvidersPassed">Distinct providers that passed every hard filter.</param>
/// <param name="Excluded">Per <see cref="HardFilter"/>: the listings that it was the first to exclude.</param>
/// <param name="Candidates">The best, at most one per owner and <see cref="MatchLimits.MaxCandidates"/> in all, by score; without noise.</param>
[GenerateSerializer, Alias("Grid.Matching.Shortlist")]
public sealed record Shortlist(
    IndexPosition Index,
    Money MedianStake,
    int ListingsScanned,
    int ProvidersPassed,
    ImmutableArray<int> Excluded,
    ImmutableArray<MatchCandidate> Candidates);

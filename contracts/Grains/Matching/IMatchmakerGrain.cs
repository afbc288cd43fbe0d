using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Matching;

/// <summary>The index of one region's offers, and the ranking of an order's bids. Key: the region's name, or <c>*</c> for all regions.</summary>
[Alias("Grid.Matching.IMatchmakerGrain")]
public interface IMatchmakerGrain : IGrainWithStringKey
{
    /// <summary>Ranks everyone who passes the order's filters and asks the best for live bids.</summary>
    [Alias("Match")]
    Task<MatchResult> Match(MatchRequest request);

    /// <summary>The region's best candidates without noise, for <c>*</c> to merge.</summary>
    [Alias("Scan")]
    Task<Shortlist> Scan(ScanRequest request);

    /// <summary>The provider's row may have changed: read it again.</summary>
    [OneWay]
    [Alias("ProviderChanged")]
    Task ProviderChanged(ProviderId provider);

    /// <summary>What anyone needs to check this matchmaker's randomness.</summary>
    // A pure read.
    [AlwaysInterleave]
    [Alias("GetCommitment")]
    Task<MatchmakerCommitment> GetCommitment();
}

/// <param name="Anchor">The end of the hash chain, published before its elements are used.</param>
/// <param name="Voids">Elements that were assigned to an order but came to no match.</param>
[GenerateSerializer, Alias("Grid.Matching.MatchmakerCommitment")]
public sealed record MatchmakerCommitment(Hash256 Anchor, int Length, int NextElement, ImmutableArray<int> Voids);

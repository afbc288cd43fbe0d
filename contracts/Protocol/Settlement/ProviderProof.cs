using System.Collections.Immutable;

namespace Grid.Protocol.Settlement;

/// <summary>What a provider has earned by a root, shown.</summary>
/// <param name="Earned">Cumulative.</param>
/// <param name="Index">Of the leaf (provider, earned) in the tree of providers.</param>
/// <param name="Path">Siblings from the leaf up.</param>
public sealed record ProviderProof(SettlementRoot Root, Money Earned, uint Index, ImmutableArray<SumNode> Path);

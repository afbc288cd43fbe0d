using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>What a node has kept of one operator's roots, the newest last.</summary>
/// <param name="Payers">Places under the same roots of those who pay its leases: a claim without the operator is paid by them.</param>
public sealed record KeptEarnings(IReadOnlyList<ProviderProof> Proofs, IReadOnlyList<PayerProof>? Payers = null);

/// <summary>What a provider has earned by a root, shown.</summary>
/// <param name="Earned">Cumulative.</param>
/// <param name="Index">Of the leaf (provider, earned) in the tree of providers.</param>
/// <param name="Path">Siblings from the leaf up.</param>
public sealed record ProviderProof(SettlementRoot Root, Money Earned, uint Index, ImmutableArray<SumNode> Path)
{
    /// <summary>As <c>RootProofs.hasProvider</c>. Never throws.</summary>
    public bool Shows(Address provider) => !Path.IsDefault && !Earned.IsNegative && SumTree.Verify(
        new SumNode(Root.Providers, Root.Earned, Money.Zero),
        new ProviderLeaf(provider, Earned).Node(Index),
        Index,
        Root.ProviderCount,
        Path);
}

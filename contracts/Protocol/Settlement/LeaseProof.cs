using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>What a root has charged for a lease, shown.</summary>
/// <param name="Index">Of the leaf (lease, charged) in the tree of leases.</param>
/// <param name="Path">Siblings from the leaf up.</param>
public sealed record LeaseProof(SettlementRoot Root, Money Charged, uint Index, ImmutableArray<Hash256> Path)
{
    /// <summary>As <c>RootProofs.hasLease</c>. Never throws.</summary>
    public bool Shows(LeaseId lease) => !Path.IsDefault && !Charged.IsNegative
        && IndexedTree.Verify(Root.Leases, new LeaseLeaf(lease, Charged).Hash(Index), Index, Root.LeaseCount, Path);
}

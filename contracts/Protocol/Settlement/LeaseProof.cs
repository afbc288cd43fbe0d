using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>What a root has charged for a lease, shown.</summary>
/// <param name="Index">Of the leaf (lease, charged) in the tree of leases.</param>
/// <param name="Path">Siblings from the leaf up.</param>
public sealed record LeaseProof(SettlementRoot Root, Money Charged, uint Index, ImmutableArray<Hash256> Path);

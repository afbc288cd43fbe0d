using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>A node of a Merkle sum tree: what lies below it adds up to these. The default value is the empty node.</summary>
/// <param name="Amount">Charged in the tree of payers, earned in the tree of providers.</param>
/// <param name="Held">Zero throughout the tree of providers.</param>
public readonly record struct SumNode(Hash256 Hash, Money Amount, Money Held);

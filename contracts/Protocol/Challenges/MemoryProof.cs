using Grid.Chain.Crypto;

namespace Grid.Protocol.Challenges;

/// <param name="Root">Of the tree over all blocks.</param>
/// <param name="Openings">At each place: the block before, the block, the one it points back to, each with its path.</param>
public sealed record MemoryProof(Hash256 Root, byte[] Openings);

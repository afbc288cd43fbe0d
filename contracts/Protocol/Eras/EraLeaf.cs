using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>What an era says of a provider (<c>docs/protocol/eras.md</c>).</summary>
/// <param name="UptimePpm">Weighted median of the operators' observations.</param>
/// <param name="Tier">Trust tier.</param>
/// <param name="Rewards">Cumulative since genesis.</param>
public sealed record EraLeaf(ProviderId Provider, uint UptimePpm, byte Tier, ulong Units, Money Rewards);

/// <param name="Index">Of the leaf, in the order of the providers' addresses.</param>
/// <param name="Path">Siblings from the leaf up.</param>
public sealed record EraLeafProof(EraLeaf Leaf, uint Index, ImmutableArray<Hash256> Path);

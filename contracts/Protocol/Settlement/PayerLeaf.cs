using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>A payer's place in a root. Its index is his account's number − 1.</summary>
/// <param name="Sequence">Of his latest authorization.</param>
/// <param name="Authorization">That authorization's digest; zero where nothing is charged or held.</param>
public sealed record PayerLeaf(Address Payer, Money Charged, Money Held, ulong Sequence, Hash256 Authorization)
{
    /// <summary>Where no leaf is looked at: the account is past the root's accounts, or there is no root.</summary>
    public static PayerLeaf None { get; } = new(default, default, default, 0, default);
}

/// <param name="Path">Siblings from the leaf up.</param>
public sealed record PayerProof(SettlementRoot Root, PayerLeaf Leaf, ImmutableArray<SumNode> Path)
{
    public static PayerProof None { get; } = new(SettlementRoot.None, PayerLeaf.None, []);
}

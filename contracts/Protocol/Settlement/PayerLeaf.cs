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

    private static readonly Hash256 Tag = Keccak256.Hash("grid.escrow.payer.v1"u8);

    public SumNode Node(uint index)
    {
        var abi = new AbiHash(stackalloc byte[7 * Hash256.SizeBytes]);
        abi.Add(Tag);
        abi.Add(index);
        abi.Add(Payer);
        abi.Add(Charged);
        abi.Add(Held);
        abi.Add(Sequence);
        abi.Add(Authorization);
        return new SumNode(abi.Twice(), Charged, Held);
    }
}

/// <param name="Path">Siblings from the leaf up.</param>
public sealed record PayerProof(SettlementRoot Root, PayerLeaf Leaf, ImmutableArray<SumNode> Path)
{
    public static PayerProof None { get; } = new(SettlementRoot.None, PayerLeaf.None, []);

    /// <summary>As <c>RootProofs.hasPayer</c>. Never throws.</summary>
    /// <param name="index">Of the leaf: the payer's number − 1.</param>
    public bool IsAt(uint index) => !Path.IsDefault && !Leaf.Charged.IsNegative && !Leaf.Held.IsNegative
        && SumTree.Verify(new SumNode(Root.Payers, Root.Charged, Root.Held), Leaf.Node(index), index, Root.Accounts, Path);
}

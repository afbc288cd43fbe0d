using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An operator's vote for an era's root (<c>docs/protocol/eras.md</c>). Two different ones of one era cost a part of its bond.</summary>
/// <param name="Root">Of the tree of leaves, sorted by provider.</param>
/// <param name="Rewards">Sum of the leaves' cumulative rewards.</param>
public sealed record EraRoot(ulong Era, Hash256 Root, uint Leaves, Money Rewards) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("EraRoot(uint64 era,bytes32 root,uint32 leaves,uint64 rewards)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Era).Add(Root).Add(Leaves).Add(Rewards.MicroUnits).ToHash256();

    /// <summary>That this operator will sign no root of the era. No chain takes it; a root beside it is a second vote.</summary>
    public static EraRoot Nothing(ulong era) => new(era, Hash256.Zero, 0, Money.Zero);

    public bool IsWellFormed() => !Rewards.IsNegative;

    public bool IsOfNothing() => Root.IsZero;
}

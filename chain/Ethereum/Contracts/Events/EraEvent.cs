using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Eras that were committed, and operators that voted twice.</summary>
public abstract record EraEvent : ChainEvent
{
    public sealed record EquivocationReported(ulong Era, Address Operator, Address Reporter, Money Amount) : EraEvent;

    public sealed record EraCommitted(ulong Era, Hash256 Root, uint Leaves, Money Rewards) : EraEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new(
            "EquivocationReported(uint64 indexed era, address indexed operator, address indexed reporter, uint256 amount)",
            values => new EquivocationReported(values[0].ToUInt64(), values[1].ToAddress(), values[2].ToAddress(), values[3].ToMoney())),
        new(
            "EraCommitted(uint64 indexed era, bytes32 root, uint32 leaves, uint64 rewards)",
            values => new EraCommitted(values[0].ToUInt64(), values[1].ToHash256(), values[2].ToCount(), values[3].ToMoney())),
    ];
}

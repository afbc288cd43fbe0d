using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Operators and their bonds.</summary>
public abstract record OperatorEvent : ChainEvent
{
    public sealed record Activated(Address Operator, Money Weight) : OperatorEvent;

    public sealed record Bonded(Address Operator, Money Amount, long ActiveFromUnixSeconds) : OperatorEvent;

    public sealed record LeaveRequested(Address Operator, long LeaveAtUnixSeconds) : OperatorEvent;

    public sealed record Locked(Address Operator, Money Amount) : OperatorEvent;

    public sealed record Slashed(Address Operator, Money Amount, Address Beneficiary, Money Reward) : OperatorEvent;

    public sealed record Unlocked(Address Operator, Money Amount) : OperatorEvent;

    public sealed record Withdrawn(Address Operator, Money Amount) : OperatorEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new("Activated(address indexed operator, uint256 weight)", values => new Activated(values[0].ToAddress(), values[1].ToMoney())),
        new(
            "Bonded(address indexed operator, uint256 amount, uint256 activeFrom)",
            values => new Bonded(values[0].ToAddress(), values[1].ToMoney(), values[2].ToSeconds())),
        new(
            "LeaveRequested(address indexed operator, uint256 leaveAt)",
            values => new LeaveRequested(values[0].ToAddress(), values[1].ToSeconds())),
        new("Locked(address indexed operator, uint256 amount)", values => new Locked(values[0].ToAddress(), values[1].ToMoney())),
        new(
            "Slashed(address indexed operator, uint256 amount, address indexed beneficiary, uint256 reward)",
            values => new Slashed(values[0].ToAddress(), values[1].ToMoney(), values[2].ToAddress(), values[3].ToMoney())),
        new("Unlocked(address indexed operator, uint256 amount)", values => new Unlocked(values[0].ToAddress(), values[1].ToMoney())),
        new("Withdrawn(address indexed operator, uint256 amount)", values => new Withdrawn(values[0].ToAddress(), values[1].ToMoney())),
    ];
}

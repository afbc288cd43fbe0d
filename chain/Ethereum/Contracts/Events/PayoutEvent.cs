using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>What a contract owes, and what was fetched.</summary>
public abstract record PayoutEvent : ChainEvent
{
    public sealed record Collected(Address Account, Money Amount) : PayoutEvent;

    public sealed record Owed(Address Account, Money Amount) : PayoutEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new("Collected(address indexed account, uint256 amount)", values => new Collected(values[0].ToAddress(), values[1].ToMoney())),
        new("Owed(address indexed account, uint256 amount)", values => new Owed(values[0].ToAddress(), values[1].ToMoney())),
    ];
}

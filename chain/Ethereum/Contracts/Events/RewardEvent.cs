using System.Collections.Immutable;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Rewards.</summary>
public abstract record RewardEvent : ChainEvent
{
    public sealed record Claimed(ProviderId Provider, ulong Era, Money Amount, Money Cumulative) : RewardEvent;

    public sealed record Released(ulong Era, Money Total) : RewardEvent;

    public sealed record ToppedUp(Money Amount) : RewardEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new(
            "Claimed(address indexed provider, uint64 indexed era, uint256 amount, uint256 cumulative)",
            values => new Claimed(new ProviderId(values[0].ToAddress()), values[1].ToUInt64(), values[2].ToMoney(), values[3].ToMoney())),
        new("Released(uint64 indexed era, uint256 total)", values => new Released(values[0].ToUInt64(), values[1].ToMoney())),
        new("ToppedUp(uint256 amount)", values => new ToppedUp(values[0].ToMoney())),
    ];
}

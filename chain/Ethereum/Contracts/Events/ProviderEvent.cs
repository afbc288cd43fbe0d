using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Providers and their stake.</summary>
public abstract record ProviderEvent : ChainEvent
{
    public sealed record Held(ProviderId Provider, Money Amount) : ProviderEvent;

    public sealed record Registered(ProviderId Provider, Address Owner) : ProviderEvent;

    public sealed record Released(ProviderId Provider, Money Amount) : ProviderEvent;

    public sealed record Slashed(ProviderId Provider, Money Amount) : ProviderEvent;

    public sealed record Staked(ProviderId Provider, Money Amount) : ProviderEvent;

    public sealed record UnstakeRequested(ProviderId Provider, Money Amount, long ReadyAtUnixSeconds) : ProviderEvent;

    public sealed record Withdrawn(ProviderId Provider, Address Owner, Money Amount) : ProviderEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new(
            "Held(address indexed provider, uint256 amount)",
            values => new Held(new ProviderId(values[0].ToAddress()), values[1].ToMoney())),
        new(
            "Registered(address indexed provider, address indexed owner)",
            values => new Registered(new ProviderId(values[0].ToAddress()), values[1].ToAddress())),
        new(
            "Released(address indexed provider, uint256 amount)",
            values => new Released(new ProviderId(values[0].ToAddress()), values[1].ToMoney())),
        new(
            "Slashed(address indexed provider, uint256 amount)",
            values => new Slashed(new ProviderId(values[0].ToAddress()), values[1].ToMoney())),
        new(
            "Staked(address indexed provider, uint256 amount)",
            values => new Staked(new ProviderId(values[0].ToAddress()), values[1].ToMoney())),
        new(
            "UnstakeRequested(address indexed provider, uint256 amount, uint256 readyAt)",
            values => new UnstakeRequested(new ProviderId(values[0].ToAddress()), values[1].ToMoney(), values[2].ToSeconds())),
        new(
            "Withdrawn(address indexed provider, address indexed owner, uint256 amount)",
            values => new Withdrawn(new ProviderId(values[0].ToAddress()), values[1].ToAddress(), values[2].ToMoney())),
    ];
}

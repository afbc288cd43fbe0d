using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Claims without an operator.</summary>
public abstract record LeaseClaimEvent : ChainEvent
{
    public sealed record LeaseClaimLowered(LeaseId Lease, Money Amount, Money Settled) : LeaseClaimEvent;

    public sealed record LeaseClaimed(
        LeaseId Lease, Address Payer, ProviderId Provider, Money Amount, long AnswerBeforeUnixSeconds) : LeaseClaimEvent;

    public sealed record LeasePaid(LeaseId Lease, ProviderId Provider, Money Amount) : LeaseClaimEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new(
            "LeaseClaimLowered(bytes32 indexed lease, uint256 amount, uint256 settled)",
            values => new LeaseClaimLowered(new LeaseId(values[0].ToHash256()), values[1].ToMoney(), values[2].ToMoney())),
        new(
            "LeaseClaimed(bytes32 indexed lease, address indexed payer, address indexed provider, uint256 amount, uint256 answerBefore)",
            values => new LeaseClaimed(
                new LeaseId(values[0].ToHash256()),
                values[1].ToAddress(),
                new ProviderId(values[2].ToAddress()),
                values[3].ToMoney(),
                values[4].ToSeconds())),
        new(
            "LeasePaid(bytes32 indexed lease, address indexed provider, uint256 amount)",
            values => new LeasePaid(new LeaseId(values[0].ToHash256()), new ProviderId(values[1].ToAddress()), values[2].ToMoney())),
    ];
}

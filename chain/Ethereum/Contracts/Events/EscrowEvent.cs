using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>What the Escrow tells.</summary>
public abstract record EscrowEvent : ChainEvent
{
    public sealed record Abandoned(Address Operator) : EscrowEvent;

    public sealed record Answered(Address Operator, ulong Batch, uint Account, PayerLeaf Leaf) : EscrowEvent;

    public sealed record Challenged(
        Address Operator, ulong Batch, uint Account, Address Challenger, long AnswerBeforeUnixSeconds) : EscrowEvent;

    /// <summary>A claim by lease was paid: earned + fee left the payer's balance.</summary>
    public sealed record ClaimPaid(Address Operator, Address Payer, ProviderId Provider, Money Earned, Money Fee) : EscrowEvent;

    public sealed record Claimed(Address Operator, ProviderId Provider, Money Amount, Money Cumulative) : EscrowEvent;

    /// <param name="Account">The leaf's index: the account's number − 1.</param>
    public sealed record Deposited(Address Operator, Address Payer, Money Amount, uint Account) : EscrowEvent;

    public sealed record ExitRequested(Address Operator, Address Payer, long ReadyAtUnixSeconds) : EscrowEvent;

    public sealed record Exited(Address Operator, Address Payer, Money Amount) : EscrowEvent;

    public sealed record FeesCollected(Address Operator, Money Burned, Money ToRewards) : EscrowEvent;

    public sealed record MandateNonceRaised(Address Payer, ulong Nonce) : EscrowEvent;

    public sealed record MandateRevoked(Address Payer, Hash256 Mandate) : EscrowEvent;

    public sealed record RootFinalized(Address Operator, ulong Batch, Hash256 Commitment) : EscrowEvent;

    public sealed record RootPosted(Address Operator, ulong Batch, SettlementRoot Root, long DisputableUntilUnixSeconds) : EscrowEvent;

    public sealed record RootVoided(Address Operator, ulong Batch, Address By, Money Penalty) : EscrowEvent;

    public sealed record Withdrawn(Address Operator, Address Payer, Money Amount, Money Cumulative) : EscrowEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new("Abandoned(address indexed operator)", values => new Abandoned(values[0].ToAddress())),
        new(
            $"Answered(address indexed operator, uint64 indexed batch, uint32 account, {AbiStructs.PayerLeaf} leaf)",
            values => new Answered(values[0].ToAddress(), values[1].ToUInt64(), values[2].ToCount(), values[3].ToPayerLeaf())),
        new(
            "Challenged(address indexed operator, uint64 indexed batch, uint32 account, address indexed challenger, uint256 answerBefore)",
            values => new Challenged(
                values[0].ToAddress(),
                values[1].ToUInt64(),
                values[2].ToCount(),
                values[3].ToAddress(),
                values[4].ToSeconds())),
        new(
            "ClaimPaid(address indexed operator, address indexed payer, address indexed provider, uint256 earned, uint256 fee)",
            values => new ClaimPaid(
                values[0].ToAddress(),
                values[1].ToAddress(),
                new ProviderId(values[2].ToAddress()),
                values[3].ToMoney(),
                values[4].ToMoney())),
        new(
            "Claimed(address indexed operator, address indexed provider, uint256 amount, uint256 cumulative)",
            values => new Claimed(values[0].ToAddress(), new ProviderId(values[1].ToAddress()), values[2].ToMoney(), values[3].ToMoney())),
        new(
            "Deposited(address indexed operator, address indexed payer, uint256 amount, uint32 account)",
            values => new Deposited(values[0].ToAddress(), values[1].ToAddress(), values[2].ToMoney(), values[3].ToCount())),
        new(
            "ExitRequested(address indexed operator, address indexed payer, uint256 readyAt)",
            values => new ExitRequested(values[0].ToAddress(), values[1].ToAddress(), values[2].ToSeconds())),
        new(
            "Exited(address indexed operator, address indexed payer, uint256 amount)",
            values => new Exited(values[0].ToAddress(), values[1].ToAddress(), values[2].ToMoney())),
        new(
            "FeesCollected(address indexed operator, uint256 burned, uint256 toRewards)",
            values => new FeesCollected(values[0].ToAddress(), values[1].ToMoney(), values[2].ToMoney())),
        new(
            "MandateNonceRaised(address indexed payer, uint256 nonce)",
            values => new MandateNonceRaised(values[0].ToAddress(), values[1].ToUInt64())),
        new(
            "MandateRevoked(address indexed payer, bytes32 indexed mandate)",
            values => new MandateRevoked(values[0].ToAddress(), values[1].ToHash256())),
        new(
            "RootFinalized(address indexed operator, uint64 indexed batch, bytes32 commitment)",
            values => new RootFinalized(values[0].ToAddress(), values[1].ToUInt64(), values[2].ToHash256())),
        new(
            $"RootPosted(address indexed operator, uint64 indexed batch, {AbiStructs.Root} root, uint256 disputableUntil)",
            values => new RootPosted(values[0].ToAddress(), values[1].ToUInt64(), values[2].ToRoot(), values[3].ToSeconds())),
        new(
            "RootVoided(address indexed operator, uint64 indexed batch, address indexed by, uint256 penalty)",
            values => new RootVoided(values[0].ToAddress(), values[1].ToUInt64(), values[2].ToAddress(), values[3].ToMoney())),
        new(
            "Withdrawn(address indexed operator, address indexed payer, uint256 amount, uint256 cumulative)",
            values => new Withdrawn(values[0].ToAddress(), values[1].ToAddress(), values[2].ToMoney(), values[3].ToMoney())),
    ];
}

using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Cases. An id is its fault's struct hash.</summary>
public abstract record CourtEvent : ChainEvent
{
    public sealed record Dismissed(Hash256 Id, ProviderId Provider) : CourtEvent;

    public sealed record Executed(Hash256 Id, ProviderId Provider, Money Compensation, Money Reward, Money Burned) : CourtEvent;

    public sealed record Proposed(
        Hash256 Id, ProviderId Provider, LeaseId Lease, FaultKind Kind, Money Amount, long DecidedAtUnixSeconds) : CourtEvent;

    public sealed record Upheld(Hash256 Id, ProviderId Provider) : CourtEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new(
            "Dismissed(bytes32 indexed id, address indexed provider)",
            values => new Dismissed(values[0].ToHash256(), new ProviderId(values[1].ToAddress()))),
        new(
            "Executed(bytes32 indexed id, address indexed provider, uint256 compensation, uint256 reward, uint256 burned)",
            values => new Executed(
                values[0].ToHash256(),
                new ProviderId(values[1].ToAddress()),
                values[2].ToMoney(),
                values[3].ToMoney(),
                values[4].ToMoney())),
        new(
            "Proposed(bytes32 indexed id, address indexed provider, bytes32 indexed lease, uint8 kind, uint256 amount, uint256 decidedAt)",
            values => new Proposed(
                values[0].ToHash256(),
                new ProviderId(values[1].ToAddress()),
                new LeaseId(values[2].ToHash256()),
                (FaultKind)values[3].ToCount(),
                values[4].ToMoney(),
                values[5].ToSeconds())),
        new(
            "Upheld(bytes32 indexed id, address indexed provider)",
            values => new Upheld(values[0].ToHash256(), new ProviderId(values[1].ToAddress()))),
    ];
}

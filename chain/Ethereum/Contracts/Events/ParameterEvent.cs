using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Numbers and roles that changed.</summary>
public abstract record ParameterEvent : ChainEvent
{
    public sealed record ParameterChanged(Hash256 Key, ulong Value) : ParameterEvent;

    public sealed record RoleChanged(Hash256 Role, Address Account, bool IsGranted) : ParameterEvent;

    internal static ImmutableArray<EventKind> Kinds { get; } =
    [
        new(
            "ParameterChanged(bytes32 indexed key, uint256 value)",
            values => new ParameterChanged(values[0].ToHash256(), values[1].ToUInt64())),
        new(
            "RoleChanged(bytes32 indexed role, address indexed account, bool granted)",
            values => new RoleChanged(values[0].ToHash256(), values[1].ToAddress(), values[2].ToBool())),
    ];
}

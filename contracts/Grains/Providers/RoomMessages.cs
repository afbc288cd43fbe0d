using Grid.Matching;
using Grid.Protocol;
using Orleans;

namespace Grid.Providers;

/// <summary>Keeps a provider's room for one order that stands.</summary>
/// <param name="Since">An older order takes the room over from a younger one.</param>
/// <param name="Drains">Keep it although the order does not fit yet: nobody else gets room there meanwhile.</param>
[GenerateSerializer, Alias("Grid.Providers.RoomRequest")]
public sealed record RoomRequest(OrderId Order, DateTimeOffset Since, MatchRequirement Requirement, bool Drains);

[GenerateSerializer, Alias("Grid.Providers.RoomAnswer")]
public sealed record RoomAnswer(RoomFit Fit, bool IsKept);

/// <summary>Whether a provider's room is enough for an order.</summary>
[GenerateSerializer, Alias("Grid.Providers.RoomFit")]
public enum RoomFit
{
    /// <summary>Not even if everything were free.</summary>
    Never = 0,

    /// <summary>If more were free.</summary>
    Later = 1,

    Now = 2,
}

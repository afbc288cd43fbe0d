using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Providers;

namespace Grid.Orders;

/// <summary>An order that waits for room.</summary>
/// <param name="IsKeptElsewhere">Another provider is being emptied for it.</param>
public readonly record struct Waiting(OrderId Order, DateTimeOffset Since, bool IsKeptElsewhere);

/// <param name="Drains">The provider is emptied for it, since it does not fit yet.</param>
public readonly record struct NextOrder(OrderId Order, bool Drains);

/// <summary>
/// Who gets the room at a provider: the oldest that fits. An order that has waited for long and would fit if more were free has it emptied
/// instead,
/// at one provider at a time, so that younger and smaller ones cannot take what it needs piece by piece: none starves while leases end.
/// </summary>
public static class StandingRule
{
    /// <param name="oldestFirst">By age, then id.</param>
    /// <param name="fits">Of the same places, at this provider.</param>
    /// <param name="patience">How long an order waits before a provider is emptied for it.</param>
    /// <returns>Null: nobody who waits can use it.</returns>
    public static NextOrder? Next(ImmutableArray<Waiting> oldestFirst, ReadOnlySpan<RoomFit> fits, TimeSpan patience, DateTimeOffset now)
    {
        for (var i = 0; i < fits.Length; i++)
        {
            var waiting = oldestFirst[i];
            if (fits[i] == RoomFit.Now) return new NextOrder(waiting.Order, Drains: false);
            if (fits[i] == RoomFit.Later && !waiting.IsKeptElsewhere && now - waiting.Since >= patience)
                return new NextOrder(waiting.Order, Drains: true);
        }

        return null;
    }
}

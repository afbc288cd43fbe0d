namespace Grid.Providers;

internal static class Limits
{
    /// <summary>Leases that one provider runs or holds at the same time.</summary>
    public const int LiveLeases = 4096;

    /// <summary>A bid may be taken this many ticks long.</summary>
    public const int BidTicks = 1;

    /// <summary>Room is kept for an order that stands this many ticks, unless it asks again.</summary>
    public const int RoomTicks = 3;
}

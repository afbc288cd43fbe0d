namespace Grid.Orders;

internal static class Limits
{
    /// <summary>Refusals that an order's view keeps, in characters each.</summary>
    public const int RefusalLength = 200;

    /// <summary>Ticks between two tries of an order that nobody fits, unless it hears of room.</summary>
    public const int TicksBetweenTries = 6;

    /// <summary>Ticks after which an order that was not heard of waits no more.</summary>
    public const int StandingTicks = 3 * TicksBetweenTries;

    /// <summary>Orders that one region's queue holds: one more tries on its own.</summary>
    public const int StandingOrders = 65_536;

    /// <summary>The oldest of them, which are looked at where room appears.</summary>
    public const int StandingOrdersAtOnce = 64;
}

namespace Grid.Leases;

internal static class Limits
{
    /// <summary>How many ticks a closing lease waits for its node's last receipt, beyond what is paid.</summary>
    public const int LastReceiptTicks = 6;

    /// <summary>How many ticks longer the operator waits than a node that must stop by itself when it is cut off.</summary>
    public const int StopMarginTicks = 2;

    /// <summary>How far a node's count may be ahead of the operator's own clock, in ticks: both round, and messages take time.</summary>
    public const int ClockToleranceTicks = 3;

    /// <summary>How far the wall clock may have jumped while no activation watched a lease.</summary>
    public const long WallClockJumpSeconds = 600;

    /// <summary>The least that must be held before a lease opens, in ticks.</summary>
    public const int FirstStretchTicks = 3;

    /// <summary>Services and replicas that one report may name.</summary>
    public const int ServicesPerReport = 1024;

    /// <summary>How long accounts remember a settlement after it is stored: longer than the calls of an activation can last that has not seen it.</summary>
    public static readonly TimeSpan SettlementMemory = TimeSpan.FromMinutes(2);
}

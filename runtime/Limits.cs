namespace Grid.Runtime;

/// <summary>Every bound of the actor model on this host. What an operator may want to change is in <see cref="Hosting.LocalSiloOptions"/>.</summary>
public static class Limits
{
    /// <summary>Turns of one activation before the others get theirs.</summary>
    public const int TurnsPerSlice = 32;

    /// <summary>Calls that may wait for one activation; more are refused with <see cref="Orleans.Runtime.LimitExceededException"/>.</summary>
    public const int WaitingCallsPerActivation = 10_000;

    /// <summary>How often one call follows a grain from an activation that ends to the next one.</summary>
    public const int ReroutesPerCall = 64;

    /// <summary>How late a call may time out on the live host, in milliseconds.</summary>
    public const int TimeoutGranularityMs = 50;

    /// <summary>Places on the wheel of the live host's coarse timers, each of <see cref="TimeoutGranularityMs"/>: a minute goes round it once.</summary>
    public const int TimerSlots = 1_200;

    /// <summary>Lists of awaited calls on the live host, so that threads seldom share one. A power of two.</summary>
    public const int PendingCallShards = 16;

    /// <summary>Different response timeouts in one silo (default and <see cref="Orleans.ResponseTimeoutAttribute"/>).</summary>
    public const int DistinctResponseTimeouts = 16;

    /// <summary>How long a silo that stops waits for its activations to end, in milliseconds.</summary>
    public const int StopTimeoutMs = 30_000;

    /// <summary>A grain timer whose due time and period are this long at least may be as late as a call's timeout: a silo has several for each lease.</summary>
    public static readonly TimeSpan CoarseTimerMin = TimeSpan.FromSeconds(2);

    /// <summary>The shortest period of a reminder.</summary>
    public static readonly TimeSpan ReminderPeriodMin = TimeSpan.FromMinutes(1);
}

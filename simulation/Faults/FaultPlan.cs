namespace Grid.Simulation;

/// <summary>What goes wrong in a world, and how often. Probabilities are in [0, 1]; a mean interval of zero means never.</summary>
public sealed record FaultPlan
{
    /// <summary>That a message between grains is lost, or its answer.</summary>
    public double MessageLoss { get; init; }

    public double MessageDoubling { get; init; }

    /// <summary>The slowest message between grains; messages overtake one another.</summary>
    public TimeSpan LatestMessage { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>That a hint comes late instead of at once.</summary>
    public double LateHint { get; init; }

    public TimeSpan LatestHint { get; init; } = TimeSpan.FromHours(1);

    public double ReminderLoss { get; init; }

    /// <summary>Of each grain's reminder ticks, every second one is lost.</summary>
    public bool LosesEveryOtherReminder { get; init; }

    public double ReminderDoubling { get; init; }

    public double StorageFailureBefore { get; init; }

    public double StorageFailureAfter { get; init; }

    public double SlowStorage { get; init; }

    /// <summary>The database is away for a minute.</summary>
    public TimeSpan StorageAwayEvery { get; init; }

    public TimeSpan SiloCrashEvery { get; init; }

    /// <summary>That the silo dies within milliseconds of a step of an order: a hold, a reservation, an opening, a settlement.</summary>
    public double CrashAtStep { get; init; }

    /// <summary>Of all nodes together.</summary>
    public TimeSpan NodeCrashEvery { get; init; }

    /// <summary>The share of crashes that take the whole machine down.</summary>
    public double RebootShare { get; init; } = 0.3;

    public TimeSpan NodeDownAtMost { get; init; } = TimeSpan.FromSeconds(90);

    public TimeSpan PartitionEvery { get; init; }

    /// <summary>That a message between a node and its operator is lost on the way, or doubled.</summary>
    public double WireLoss { get; init; }

    public double WireDoubling { get; init; }

    public TimeSpan SplitEvery { get; init; }

    public TimeSpan ClockJumpEvery { get; init; }

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>A bad year for an operator: something breaks every few hours.</summary>
    public static FaultPlan Usual { get; } = new()
    {
        MessageLoss = 0.0002,
        MessageDoubling = 0.0002,
        LateHint = 0.001,
        ReminderLoss = 0.01,
        ReminderDoubling = 0.01,
        StorageFailureBefore = 0.0002,
        StorageFailureAfter = 0.0002,
        SlowStorage = 0.0005,
        StorageAwayEvery = TimeSpan.FromHours(12),
        SiloCrashEvery = TimeSpan.FromHours(6),
        NodeCrashEvery = TimeSpan.FromHours(1),
        PartitionEvery = TimeSpan.FromHours(1),
        WireLoss = 0.001,
        WireDoubling = 0.001,
        SplitEvery = TimeSpan.FromHours(2),
        ClockJumpEvery = TimeSpan.FromHours(8),
    };

    /// <summary>All faults together, every few minutes: what a test packs into an hour.</summary>
    public static FaultPlan Heavy { get; } = new()
    {
        MessageLoss = 0.005,
        MessageDoubling = 0.005,
        LateHint = 0.05,
        ReminderLoss = 0.2,
        ReminderDoubling = 0.1,
        StorageFailureBefore = 0.005,
        StorageFailureAfter = 0.005,
        SlowStorage = 0.01,
        StorageAwayEvery = TimeSpan.FromMinutes(10),
        SiloCrashEvery = TimeSpan.FromMinutes(4),
        NodeCrashEvery = TimeSpan.FromMinutes(2),
        PartitionEvery = TimeSpan.FromMinutes(2),
        WireLoss = 0.02,
        WireDoubling = 0.02,
        SplitEvery = TimeSpan.FromMinutes(2),
        ClockJumpEvery = TimeSpan.FromMinutes(5),
        CrashAtStep = 0.002,
    };
}

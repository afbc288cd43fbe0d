namespace Grid.Runtime.Simulation;

/// <summary>What goes wrong, and how often; may be changed while a simulation runs. Probabilities are in [0, 1].</summary>
public sealed class SimulationFaults
{
    public TimeSpan MessageLatencyMin { get; set; } = TimeSpan.FromMicroseconds(50);

    public TimeSpan MessageLatencyMax { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>That a request, or an answer, never arrives: its caller runs into the response timeout.</summary>
    public double MessageLoss { get; set; }

    /// <summary>That a request arrives twice: it is executed twice, the second answer is dropped.</summary>
    public double MessageDoubling { get; set; }

    public TimeSpan StorageLatencyMin { get; set; } = TimeSpan.FromMicroseconds(100);

    public TimeSpan StorageLatencyMax { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <summary>That an operation fails and has had no effect.</summary>
    public double StorageFailureBefore { get; set; }

    /// <summary>That a write takes effect and fails all the same, so that its outcome is unknown to the grain.</summary>
    public double StorageFailureAfter { get; set; }

    /// <summary>That an operation takes <see cref="SlowStorageLatency"/>.</summary>
    public double SlowStorage { get; set; }

    public TimeSpan SlowStorageLatency { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>While true every storage operation fails without effect, as when the database is away.</summary>
    public bool StorageIsAway { get; set; }
}

using Orleans.Storage;

namespace Grid.Runtime.Simulation;

/// <summary>What a simulation is made of.</summary>
public sealed class SimulationOptions
{
    /// <summary>The virtual time at which it begins.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SimulationFaults Faults { get; init; } = new();

    /// <summary>Turns state into bytes, as a real storage does. Without one the storage keeps the state objects: for immutable states only.</summary>
    public IGrainStorageSerializer? StateSerializer { get; init; }

    /// <summary>Receives every event as text, to see where two runs part. Slow.</summary>
    public Action<string>? Trace { get; init; }
}

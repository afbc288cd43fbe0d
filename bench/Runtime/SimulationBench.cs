using System.Diagnostics;
using System.Globalization;

namespace Grid.Bench.Runtime;

/// <summary>Turns and events of a simulated silo, journal on, on one thread.</summary>
internal static class SimulationBench
{
    private const int Callers = 32;

    public static long Run(TimeSpan duration)
    {
        using var simulation = new Grid.Runtime.Simulation.Simulation(1, null, silo => silo.AddGrain<AddGrain>());
        for (var caller = 0; caller < Callers; caller++)
            simulation.Spawn($"caller {caller}", () => CallForEverAsync(simulation));
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
            simulation.RunFor(TimeSpan.FromMilliseconds(100));
        return (long)(simulation.EventCount / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task CallForEverAsync(Grid.Runtime.Simulation.Simulation simulation)
    {
        while (true)
            await simulation.Client.GetGrain<IAddGrain>(simulation.Random.Next(CallBench.Grains).ToString(CultureInfo.InvariantCulture)).Add(1);
    }
}

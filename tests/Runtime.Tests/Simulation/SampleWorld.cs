using Grid.Runtime.Simulation;
using Grid.Tests.Runtime.Grains;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Simulation;

/// <summary>Callers, timers, reminders, storage and crashes with every fault switched on.</summary>
internal static class SampleWorld
{
    public static string Run(ulong seed, Action<string>? trace = null)
    {
        var options = new SimulationOptions { Trace = trace, Faults = AllFaults() };
        using var simulation = new Grid.Runtime.Simulation.Simulation(seed, options, silo => silo.AddGrains(typeof(SampleWorld).Assembly));
        for (var i = 0; i < 8; i++)
        {
            var name = $"tenant-{i}";
            simulation.Spawn(name, () => TenantAsync(simulation, name));
        }

        for (var crash = 0; crash < 3; crash++)
        {
            simulation.RunFor(TimeSpan.FromSeconds(20));
            simulation.Crash();
            simulation.RunFor(TimeSpan.FromSeconds(1));
            simulation.Restart();
        }

        simulation.RunFor(TimeSpan.FromMinutes(3));
        return $"{simulation.Journal.Hash} {simulation.EventCount} {simulation.Storage.WriteCount}";
    }

    private static SimulationFaults AllFaults() => new()
    {
        MessageLoss = 0.01,
        MessageDoubling = 0.01,
        StorageFailureBefore = 0.01,
        StorageFailureAfter = 0.01,
        SlowStorage = 0.01,
    };

    private static async Task TenantAsync(Grid.Runtime.Simulation.Simulation simulation, string name)
    {
        for (var i = 0; i < 200; i++)
        {
            var relay = simulation.Client.GetGrain<IRelayGrain>($"relay-{simulation.Random.Next(20)}");
            try
            {
                await relay.AddThrough($"counter-{simulation.Random.Next(10)}", 1);
                await relay.StartTimer(TimeSpan.FromSeconds(5));
                await relay.Remind(TimeSpan.FromSeconds(90));
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                simulation.Journal.Note($"{name}: {error.GetType().Name}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(simulation.Random.Next(500)), simulation.Time);
        }
    }
}

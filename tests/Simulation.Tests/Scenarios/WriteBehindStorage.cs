using Grid.Simulation;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Tests.Simulation.Scenarios;

/// <summary>Acknowledges at once and writes seconds later: what it has not written when the silo dies is gone.</summary>
internal sealed class WriteBehindStorage(IGrainStorage inner, World world, string behind) : IGrainStorage
{
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(3);

    private readonly int _generation = world.SiloGeneration;
    private readonly SortedDictionary<string, object?> _unwritten = new(StringComparer.Ordinal);
    private readonly BlindStorage _blind = new(inner);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await inner.ReadStateAsync(stateName, grainId, grainState);
        if (!_unwritten.TryGetValue($"{stateName} {grainId}", out var state)) return;
        (grainState.State, grainState.RecordExists) = ((T?)state, true);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (stateName != behind) return inner.WriteStateAsync(stateName, grainId, grainState);
        var (key, state) = ($"{stateName} {grainId}", grainState.State);
        _unwritten[key] = state;
        (grainState.ETag, grainState.RecordExists) = ("behind", true);
        _ = world.Virtual.Spawn("write behind", async () =>
        {
            await Task.Delay(Behind, world.Virtual.Time);
            if (world.SiloGeneration != _generation || !ReferenceEquals(_unwritten.GetValueOrDefault(key), state)) return;
            await _blind.WriteStateAsync(stateName, grainId, new GrainState<T>(state!, null));
            _unwritten.Remove(key);
        });
        return Task.CompletedTask;
    }
}

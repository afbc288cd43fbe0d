using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Tests.Simulation.Scenarios;

/// <summary>Stores something else than it is given.</summary>
internal sealed class MutatingStorage(IGrainStorage inner, Func<object?, object?> mutate) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = new GrainState<T>((T)mutate(grainState.State)!, grainState.ETag) { RecordExists = grainState.RecordExists };
        await inner.WriteStateAsync(stateName, grainId, row);
        (grainState.ETag, grainState.RecordExists) = (row.ETag, row.RecordExists);
    }
}

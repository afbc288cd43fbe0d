using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Tests.Simulation.Scenarios;

/// <summary>Overwrites whatever is there, as a store without ETags does.</summary>
internal sealed class BlindStorage(IGrainStorage inner) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        while (true)
        {
            var current = new GrainState<T>();
            await inner.ReadStateAsync(stateName, grainId, current);
            try
            {
                await inner.WriteStateAsync(stateName, grainId, new GrainState<T>(grainState.State!, current.ETag));
                break;
            }
            catch (InconsistentStateException)
            {
            }
        }

        (grainState.ETag, grainState.RecordExists) = ("blind", true);
    }
}

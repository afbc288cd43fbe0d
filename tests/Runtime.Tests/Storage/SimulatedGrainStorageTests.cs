using Grid.Runtime.Simulation;
using Grid.Runtime.Storage;
using Grid.Tests.Runtime.Storage.Conformance;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Storage;

/// <summary>The simulated storage, whose time is run until each call has its answer.</summary>
public sealed class SimulatedGrainStorageTests : GrainStorageConformance, IDisposable
{
    private readonly Grid.Runtime.Simulation.Simulation _simulation =
        new(seed: 1, new SimulationOptions { StateSerializer = new JsonGrainStorageSerializer(SampleJson.Default) }, static _ => { });

    public SimulatedGrainStorageTests() => Storage = new Stepped(_simulation);

    protected override IGrainStorage Storage { get; }

    public void Dispose() => _simulation.Dispose();

    private sealed class Stepped(Grid.Runtime.Simulation.Simulation simulation) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Step(() => simulation.Storage.ReadStateAsync(stateName, grainId, grainState));

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Step(() => simulation.Storage.WriteStateAsync(stateName, grainId, grainState));

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Step(() => simulation.Storage.ClearStateAsync(stateName, grainId, grainState));

        private Task Step(Func<Task> call)
        {
            Task? answer = null;
            simulation.Spawn("storage call", async () =>
            {
                answer = call();
                await Task.WhenAny(answer);
            });
            simulation.RunUntilIdle();
            return answer!;
        }
    }
}

using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Grains;

public interface ITwoStatesGrain : IGrainWithStringKey
{
    Task<string> Describe();

    Task Write(int firstValue, int secondValue);

    Task ClearFirst();
}

public sealed class TwoStatesGrain(
    [PersistentState("first")] IPersistentState<CounterState> first,
    IGrainContext context,
    [PersistentState("second", "archive")] IPersistentState<CounterState> second) : Grain, ITwoStatesGrain
{
    public Task<string> Describe() => Task.FromResult(
        $"{context.GrainId} first {first.State.Value} {first.RecordExists} second {second.State.Value} {second.RecordExists}");

    public async Task Write(int firstValue, int secondValue)
    {
        first.State = new CounterState { Value = firstValue };
        second.State = new CounterState { Value = secondValue };
        await Task.WhenAll(first.WriteStateAsync(), second.WriteStateAsync());
    }

    public Task ClearFirst() => first.ClearStateAsync();
}

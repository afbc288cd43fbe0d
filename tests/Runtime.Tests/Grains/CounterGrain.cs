using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Grains;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    /// <summary>Adds one and stores it before it answers.</summary>
    Task<int> AddDurably();

    Task<int> Get();

    [AlwaysInterleave]
    ValueTask<int> Peek();

    Task Save();

    [OneWay]
    Task Forget(int amount);

    Task Fail(string message);

    Task End();

    Task<string> Key();
}

[GenerateSerializer]
public sealed record CounterState
{
    [Id(0)]
    public int Value { get; init; }
}

public sealed class CounterGrain([PersistentState("counter")] IPersistentState<CounterState> state) : Grain, ICounterGrain
{
    public Task<int> Add(int amount)
    {
        state.State = new CounterState { Value = state.State.Value + amount };
        return Task.FromResult(state.State.Value);
    }

    public async Task<int> AddDurably()
    {
        var value = await Add(1);
        await state.WriteStateAsync();
        return value;
    }

    public Task<int> Get() => Task.FromResult(state.State.Value);

    public ValueTask<int> Peek() => new(state.State.Value);

    public Task Save() => state.WriteStateAsync();

    public Task Forget(int amount) => amount < 0 ? throw new InvalidOperationException("negative") : Add(amount);

    public async Task Fail(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}

using System.Text.Json.Serialization;
using Orleans;
using Orleans.Runtime;

namespace Grid.Bench.Runtime;

public interface IAddGrain : IGrainWithStringKey
{
    Task<long> Add(long amount);
}

internal sealed class AddGrain : Grain, IAddGrain
{
    private long _sum;

    public Task<long> Add(long amount) => Task.FromResult(_sum += amount);
}

public interface IWriteGrain : IGrainWithStringKey
{
    Task Write();
}

/// <summary>About 500 bytes in the store.</summary>
public sealed record WriteState
{
    public long Version { get; init; }

    public string Text { get; init; } = new('x', 470);
}

internal sealed class WriteGrain([PersistentState("bench")] IPersistentState<WriteState> state) : Grain, IWriteGrain
{
    public Task Write()
    {
        state.State = state.State with { Version = state.State.Version + 1 };
        return state.WriteStateAsync();
    }
}

[JsonSerializable(typeof(WriteState))]
internal sealed partial class BenchStateJson : JsonSerializerContext;

/// <summary>What a silo's own filter would do at the least: look at the method.</summary>
internal sealed class CountingFilter : IIncomingGrainCallFilter
{
    public long Named { get; private set; }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName.Length > 0)
            Named++;
        return context.Invoke();
    }
}

using Grid.Runtime.Testing;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Tests.Runtime.Activations;

public interface IFanningGrain : IGrainWithStringKey
{
    Task<int> CallWhileContinuationsWait(int continuations);

    Task<int> Ping();
}

[Reentrant]
public sealed class FanningGrain : Grain, IFanningGrain
{
    private int _ran;

    public async Task<int> CallWhileContinuationsWait(int continuations)
    {
        for (var i = 0; i < continuations; i++)
            _ = Task.Factory.StartNew(() => _ran++, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
        return await this.AsReference<IFanningGrain>().Ping();
    }

    public Task<int> Ping() => Task.FromResult(_ran);
}

public sealed class ContinuationsAreNoCalls
{
    [Fact]
    public async Task A_grain_with_many_continuations_still_takes_calls()
    {
        await using var cluster = new InProcessTestClusterBuilder().ConfigureSilo(silo => silo.AddGrain<FanningGrain>()).Build();
        await cluster.DeployAsync();
        const int Continuations = Grid.Runtime.Limits.WaitingCallsPerActivation + 1;

        var ran = await cluster.Client.GetGrain<IFanningGrain>("a").CallWhileContinuationsWait(Continuations);

        Assert.Equal(Continuations, ran);
    }
}

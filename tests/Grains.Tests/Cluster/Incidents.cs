using Grid.Runtime.Testing;
using Orleans;

namespace Grid.Tests.Grains.Cluster;

public interface ICountingGrain : IGrainWithStringKey
{
    Task<int> Count();

    Task Break();
}

public sealed class CountingGrain : Grain, ICountingGrain
{
    private int _count;

    public Task<int> Count() => Task.FromResult(++_count);

    public Task Break()
    {
        Invariant.That(false, "INV-MONEY-01", "a test says so");
        return Task.CompletedTask;
    }
}

public sealed class Incidents
{
    [Fact]
    public async Task A_grain_that_sees_a_broken_invariant_ends_with_all_it_had_in_memory()
    {
        await using var cluster = new InProcessTestClusterBuilder()
            .ConfigureSilo(silo => silo.AddGrain<CountingGrain>().AddIncomingGrainCallFilter<InvariantIncidents>())
            .Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<ICountingGrain>("a");
        Assert.Equal((1, 2), (await grain.Count(), await grain.Count()));

        var broken = await Assert.ThrowsAsync<InvariantBrokenException>(grain.Break);

        Assert.Equal("INV-MONEY-01", broken.Id);
        Assert.Equal(1, await grain.Count());
    }
}

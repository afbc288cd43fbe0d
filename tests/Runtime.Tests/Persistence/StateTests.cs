using Grid.Runtime.Testing;
using Grid.Tests.Runtime.Grains;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Persistence;

public sealed class StateTests
{
    [Fact]
    public async Task A_grain_has_each_of_its_states_from_the_storage_that_it_names()
    {
        var archive = new InMemoryGrainStorage();
        await using var cluster = await TestSilos.StartAsync(silo => silo.AddGrainStorage("archive", _ => archive));

        await Grain(cluster).Write(1, 2);

        Assert.Equal("twostates/a first 1 True second 2 True", await Grain(cluster).Describe());
        Assert.Equal(1, archive.Count);
    }

    [Fact]
    public async Task A_state_without_a_record_is_a_new_one()
    {
        await using var cluster = await TestSilos.StartAsync(silo => silo.AddGrainStorage("archive", _ => new InMemoryGrainStorage()));

        Assert.Equal("twostates/a first 0 False second 0 False", await Grain(cluster).Describe());
    }

    [Fact]
    public async Task A_cleared_state_is_a_new_one_again()
    {
        await using var cluster = await TestSilos.StartAsync(silo => silo.AddGrainStorage("archive", _ => new InMemoryGrainStorage()));
        await Grain(cluster).Write(1, 2);

        await Grain(cluster).ClearFirst();

        Assert.Equal("twostates/a first 0 False second 2 True", await Grain(cluster).Describe());
    }

    [Fact]
    public async Task A_storage_that_the_silo_has_not_is_named_in_the_error()
    {
        await using var cluster = await TestSilos.StartAsync();

        var error = await Assert.ThrowsAsync<OrleansException>(Grain(cluster).Describe);

        Assert.Contains("'archive'", error.Message, StringComparison.Ordinal);
    }

    private static ITwoStatesGrain Grain(InProcessTestCluster cluster) => cluster.Client.GetGrain<ITwoStatesGrain>("a");
}

using Grid.Tests.Runtime.Grains;
using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task A_call_runs_on_the_grain_of_its_key()
    {
        await using var cluster = await TestSilos.StartAsync();
        var one = cluster.Client.GetGrain<ICounterGrain>("one");
        var two = cluster.Client.GetGrain<ICounterGrain>("two");

        await one.Add(3);
        await one.Add(4);

        Assert.Equal(7, await one.Get());
        Assert.Equal(0, await two.Get());
        Assert.Equal("one", await one.Key());
    }

    [Fact]
    public async Task An_exception_reaches_the_caller()
    {
        await using var cluster = await TestSilos.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Client.GetGrain<ICounterGrain>("a").Fail("no"));

        Assert.Equal("no", error.Message);
    }

    [Fact]
    public async Task A_one_way_call_has_its_effect_and_its_error_stays_there()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<ICounterGrain>("a");

        await grain.Forget(-1);
        await grain.Forget(5);

        Assert.Equal(5, await grain.Get());
    }

    [Fact]
    public async Task References_to_one_grain_are_equal()
    {
        await using var cluster = await TestSilos.StartAsync();
        var first = cluster.Client.GetGrain<ICounterGrain>("a");
        var second = cluster.Client.GetGrain<ICounterGrain>("a");

        Assert.Equal(first, second);
        Assert.NotEqual(first, cluster.Client.GetGrain<ICounterGrain>("b"));
        Assert.Equal(GrainId.Create("counter", "a"), first.GetGrainId());
    }

    [Fact]
    public async Task Saved_state_outlives_the_activation_and_the_rest_does_not()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<ICounterGrain>("a");

        await grain.Add(2);
        await grain.Save();
        await grain.Add(40);
        await grain.End();

        Assert.Equal(2, await grain.Get());
    }
}

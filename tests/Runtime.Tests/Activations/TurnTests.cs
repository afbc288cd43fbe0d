using Grid.Tests.Runtime.Grains;

namespace Grid.Tests.Runtime.Activations;

public sealed class TurnTests
{
    [Fact]
    public async Task Calls_run_one_after_the_other_in_the_order_they_came()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<ISlowGrain>("a");

        var first = grain.Wait("first");
        var second = grain.Quick("second");
        var third = grain.Quick("third");
        await Eventually.HoldsAsync(async () => await grain.Log() == "+first");
        await grain.Open();
        await Task.WhenAll(first, second, third);

        Assert.Equal("+first -first second third", await grain.Log());
    }

    [Fact]
    public async Task A_call_that_always_interleaves_does_not_wait_for_others()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<ISlowGrain>("a");

        var waiting = grain.Wait("first");
        await grain.Open();

        await waiting;
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave_where_they_await()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<IReentrantGrain>("a");

        var waiting = grain.Wait();
        await grain.Open();

        await waiting;
    }

    [Fact]
    public async Task What_a_grain_awaits_comes_back_to_its_own_scheduler()
    {
        await using var cluster = await TestSilos.StartAsync();

        Assert.True(await cluster.Client.GetGrain<IReentrantGrain>("a").StaysOnItsScheduler());
    }

    [Fact]
    public async Task Never_do_two_turns_of_one_grain_run_at_once()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<IReentrantGrain>("a");

        await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => Task.Run(() => grain.CountUnguarded())));

        Assert.Equal(4000, await grain.Counted());
    }

    [Fact]
    public void A_full_queue_refuses_with_a_type_of_its_own()
    {
        using var simulation = new Grid.Runtime.Simulation.Simulation(1, null, silo => silo.AddGrain<SlowGrain>());
        var grain = simulation.Client.GetGrain<ISlowGrain>("a");
        List<Task> calls = [];
        simulation.Spawn("caller", () =>
        {
            calls.AddRange(Enumerable.Range(0, Grid.Runtime.Limits.WaitingCallsPerActivation + 2).Select(_ => grain.Wait("x")));
            return Task.CompletedTask;
        });

        simulation.RunFor(TimeSpan.FromSeconds(1));

        Assert.IsType<Orleans.Runtime.LimitExceededException>(Assert.Single(calls, call => call.IsFaulted).Exception!.InnerException);
    }

    [Fact]
    public void A_call_that_nobody_waits_for_any_more_is_not_started()
    {
        using var simulation = new Grid.Runtime.Simulation.Simulation(1, null, silo => silo.AddGrain<SlowGrain>());
        var grain = simulation.Client.GetGrain<ISlowGrain>("a");
        simulation.Spawn("callers", async () =>
        {
            var first = grain.Wait("first");
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);
            await Assert.ThrowsAsync<TimeoutException>(() => Task.WhenAll(first, grain.Quick("second")));
            await grain.Open();
            Assert.Equal("+first -first", await grain.Log());
        });

        simulation.RunUntilIdle();
    }
}

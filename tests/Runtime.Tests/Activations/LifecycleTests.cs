using Grid.Runtime.Testing;
using Grid.Tests.Runtime.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Activations;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_grain_is_activated_by_its_first_call_and_told_when_it_ends()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = Grain(cluster);

        await grain.Touch();
        await grain.EndAfterThis();
        await grain.Touch();

        Assert.Equal(["activated", "deactivated ApplicationRequested", "disposed", "activated"], Log(cluster).Entries);
    }

    [Fact]
    public async Task A_failed_activation_fails_the_calls_that_wait_and_the_next_call_tries_again()
    {
        await using var cluster = await TestSilos.StartAsync();
        Log(cluster).ActivationsFail = true;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(Grain(cluster).Touch);
        Log(cluster).ActivationsFail = false;
        await Grain(cluster).Touch();

        Assert.Equal("cannot activate", error.Message);
        Assert.Equal("activated", Log(cluster).Entries[^1]);
    }

    [Fact]
    public async Task An_inconsistent_state_reaches_the_caller_and_ends_the_activation()
    {
        await using var cluster = await TestSilos.StartAsync();

        await Assert.ThrowsAsync<InconsistentStateException>(Grain(cluster).Conflict);
        await Grain(cluster).Touch();

        Assert.Contains("deactivated ApplicationError", Log(cluster).Entries);
    }

    [Fact]
    public async Task An_idle_grain_ends()
    {
        await using var cluster = await IdleAtOnce();
        await Grain(cluster).Touch();

        await Eventually.HoldsAsync(() => Log(cluster).Entries.Contains("deactivated ActivationIdle"));
        await Eventually.HoldsAsync(() => cluster.Silo.ActivationCount == 0);
    }

    [Fact]
    public async Task A_grain_with_a_running_call_is_not_idle()
    {
        await using var cluster = await IdleAtOnce();
        var busy = cluster.Client.GetGrain<ISlowGrain>("busy");
        var waiting = busy.Wait("call");
        await Grain(cluster).Touch();

        await Eventually.HoldsAsync(() => Log(cluster).Entries.Contains("deactivated ActivationIdle"));
        Assert.Equal("+call", await busy.Log());
        await busy.Open();
        await waiting;
    }

    [Fact]
    public async Task A_grain_may_put_off_its_end()
    {
        await using var cluster = await IdleAtOnce();
        var stays = cluster.Client.GetGrain<ILifecycleGrain>("stays");
        await stays.Stay(TimeSpan.FromHours(1));
        await cluster.Client.GetGrain<ICounterGrain>("ends").Get();

        await Eventually.HoldsAsync(() => cluster.Silo.ActivationCount == 1);

        Assert.DoesNotContain("deactivated ActivationIdle", Log(cluster).Entries);
    }

    [Fact]
    public async Task A_silo_that_stops_ends_its_grains_first()
    {
        await using var cluster = await TestSilos.StartAsync();
        await Grain(cluster).Touch();

        await cluster.StopAllSilosAsync();

        Assert.Equal(["activated", "deactivated ShuttingDown", "disposed"], Log(cluster).Entries);
        await Assert.ThrowsAsync<SiloUnavailableException>(Grain(cluster).Touch);
    }

    [Fact]
    public async Task No_call_is_lost_or_doubled_while_activations_come_and_go()
    {
        const int callers = 16, callsEach = 400, grains = 3;
        await using var cluster = await TestSilos.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < callsEach; i++)
            {
                var grain = cluster.Client.GetGrain<ICounterGrain>($"{i % grains}");
                await grain.AddDurably();
                if ((i + caller) % 7 == 0)
                    await grain.End();
            }
        })));

        var sum = 0;
        for (var i = 0; i < grains; i++)
            sum += await cluster.Client.GetGrain<ICounterGrain>($"{i}").Get();
        Assert.Equal(callers * callsEach, sum);
    }

    [Fact]
    public async Task A_timer_ticks_until_the_activation_ends()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<IRelayGrain>("a");

        await grain.StartTimer(TimeSpan.FromMilliseconds(1));

        await Eventually.HoldsAsync(async () => await grain.Ticks() >= 3);
    }

    private static ILifecycleGrain Grain(InProcessTestCluster cluster) => cluster.Client.GetGrain<ILifecycleGrain>("a");

    private static LifeLog Log(InProcessTestCluster cluster) => cluster.Services.GetRequiredService<LifeLog>();

    private static Task<InProcessTestCluster> IdleAtOnce() => TestSilos.StartAsync(silo => silo.Configure(options =>
    {
        options.CollectionAge = TimeSpan.FromMilliseconds(50);
        options.CollectionQuantum = TimeSpan.FromMilliseconds(20);
    }));
}

using Grid.Runtime.Simulation;
using Grid.Tests.Runtime.Grains;

namespace Grid.Tests.Runtime.Activations;

public sealed class TimerTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Grid.Runtime.Simulation.Simulation _simulation = new(
        5, WithoutLatency(), silo => silo.AddGrain<TimerGrain>().Configure(options => options.CollectionAge = 30 * Second));

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void A_period_is_counted_from_the_end_of_a_tick()
    {
        Do(() => Grain.Start(2 * Second, 3 * Second, 1 * Second));

        Assert.Equal("2 6 10 14", TicksAfter(15 * Second));
    }

    [Fact]
    public void An_infinite_period_is_one_tick()
    {
        Do(() => Grain.Start(2 * Second, Timeout.InfiniteTimeSpan, TimeSpan.Zero));

        Assert.Equal("2", TicksAfter(20 * Second));
    }

    [Fact]
    public void A_changed_timer_keeps_to_its_new_times()
    {
        Do(() => Grain.Start(100 * Second, 100 * Second, TimeSpan.Zero));
        Do(() => Grain.Change(4 * Second, 5 * Second));

        Assert.Equal("4 9 14", TicksAfter(15 * Second));
    }

    [Fact]
    public void A_timer_that_is_changed_during_a_tick_goes_on_after_it()
    {
        Do(() => Grain.Start(1 * Second, 10 * Second, 4 * Second, interleave: true));
        _simulation.RunUntil(2 * Second);
        Do(() => Grain.Change(1 * Second, 2 * Second));

        Assert.Equal("1 7 13", TicksAfter(14 * Second));
    }

    [Fact]
    public void A_disposed_timer_ticks_no_more()
    {
        Do(() => Grain.Start(1 * Second, 1 * Second, TimeSpan.Zero));
        _simulation.RunUntil(3.5 * Second);
        Do(Grain.Stop);

        Assert.Equal("1 2 3", TicksAfter(10 * Second));
    }

    [Fact]
    public void A_tick_that_fails_does_not_stop_the_timer()
    {
        Do(() => Grain.Start(1 * Second, 1 * Second, TimeSpan.Zero));
        Do(Grain.FailTicks);

        Assert.Equal("1 2 3", TicksAfter(3.5 * Second));
    }

    [Fact]
    public void Ticks_keep_a_grain_in_memory_only_if_they_are_told_to()
    {
        Do(() => _simulation.Client.GetGrain<ITimerGrain>("plain").Start(Second, Second, TimeSpan.Zero));
        Do(() => _simulation.Client.GetGrain<ITimerGrain>("kept").Start(Second, Second, TimeSpan.Zero, keepAlive: true));

        _simulation.RunFor(TimeSpan.FromMinutes(3));

        Assert.Equal(1, _simulation.ActivationCount);
    }

    private ITimerGrain Grain => _simulation.Client.GetGrain<ITimerGrain>("a");

    private static SimulationOptions WithoutLatency() =>
        new() { Faults = new SimulationFaults { MessageLatencyMin = TimeSpan.Zero, MessageLatencyMax = TimeSpan.Zero } };

    private string TicksAfter(TimeSpan elapsed)
    {
        _simulation.RunUntil(elapsed);
        var ticks = "";
        Do(async () => ticks = await Grain.Ticks());
        return ticks;
    }

    private void Do(Func<Task> process)
    {
        _simulation.Spawn("caller", process);
        _simulation.RunUntilIdle();
    }
}

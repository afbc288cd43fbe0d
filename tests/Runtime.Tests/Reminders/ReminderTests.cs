using Grid.Runtime.Simulation;
using Grid.Tests.Runtime.Grains;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Reminders;

public sealed class ReminderTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Grid.Runtime.Simulation.Simulation _simulation = new(
        9, new SimulationOptions(), silo => silo.AddGrain<ReminderGrain>().Configure(options => options.CollectionAge = TimeSpan.FromDays(1)));

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void A_reminder_ticks_at_its_due_time_and_then_every_period()
    {
        Do(() => Grain.Register("a", 10 * Minute, 2 * Minute));

        var ticks = TicksAfter(15 * Minute);

        Assert.Equal(3, ticks.Length);
        Assert.All(ticks, (tick, i) => Assert.Equal(
            tick.FirstTickTime + (i * 2 * Minute), tick.CurrentTickTime));
    }

    [Fact]
    public void A_reminder_that_is_registered_again_keeps_only_the_new_times()
    {
        Do(() => Grain.Register("a", 2 * Minute, Minute));
        Do(() => Grain.Register("a", 10 * Minute, Minute));

        Assert.Empty(TicksAfter(9 * Minute));
        Assert.Single(TicksAfter(1.5 * Minute));
    }

    [Fact]
    public void An_unregistered_reminder_is_gone()
    {
        Do(() => Grain.Register("a", 2 * Minute, Minute));
        Do(() => Grain.Register("b", 60 * Minute, Minute));
        Do(() => Grain.Unregister("a"));

        Assert.Empty(TicksAfter(10 * Minute));
        Do(async () => Assert.Equal("b", await Grain.Names()));
    }

    [Fact]
    public void A_reminder_of_two_months_comes_exactly_then()
    {
        Do(() => Grain.Register("a", TimeSpan.FromDays(60), TimeSpan.FromDays(1)));

        Assert.Empty(TicksAfter(TimeSpan.FromDays(60) - Minute));
        Assert.Single(TicksAfter(2 * Minute));
    }

    [Fact]
    public void A_period_below_a_minute_is_refused() =>
        Do(async () => Assert.IsType<ArgumentOutOfRangeException>(
            await Record.ExceptionAsync(() => Grain.Register("a", Minute, TimeSpan.FromSeconds(59)))));

    [Fact]
    public void A_tick_that_was_missed_while_the_silo_was_down_comes_at_the_next_period()
    {
        Do(() => Grain.Register("a", 2 * Minute, Minute));
        _simulation.Crash();
        _simulation.RunFor(5.5 * Minute);
        _simulation.Restart();

        Assert.Single(TicksAfter(0.9 * Minute));
    }

    private IReminderGrain Grain => _simulation.Client.GetGrain<IReminderGrain>("a");

    private TickStatus[] TicksAfter(TimeSpan duration)
    {
        _simulation.RunFor(duration);
        TickStatus[] ticks = [];
        Do(async () => ticks = await Grain.Ticks());
        return ticks;
    }

    private void Do(Func<Task> process)
    {
        _simulation.Spawn("caller", process);
        _simulation.RunUntilIdle();
    }
}

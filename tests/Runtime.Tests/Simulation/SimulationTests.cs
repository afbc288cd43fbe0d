using Grid.Tests.Runtime.Grains;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Simulation;

public sealed class SimulationTests : IDisposable
{
    private readonly Grid.Runtime.Simulation.Simulation _simulation = new(11, null, silo => silo.AddGrains(typeof(SimulationTests).Assembly));

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Virtual_hours_pass_without_waiting()
    {
        DateTimeOffset woken = default;
        _simulation.Spawn("sleeper", async () =>
        {
            await Task.Delay(TimeSpan.FromHours(5), _simulation.Time);
            woken = _simulation.Time.GetUtcNow();
        });

        _simulation.RunUntilIdle();

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 5, 0, 0, TimeSpan.Zero), woken);
    }

    [Fact]
    public void A_lost_message_is_a_timeout_after_the_response_timeout()
    {
        _simulation.Faults.MessageLoss = 1;
        Exception? error = null;
        _simulation.Spawn("caller", async () => error = await Record.ExceptionAsync(() => Counter("a").Add(1)));

        _simulation.RunUntilIdle();

        Assert.IsType<TimeoutException>(error);
        Assert.Equal(TimeSpan.FromSeconds(30), _simulation.Elapsed);
    }

    [Fact]
    public void A_doubled_message_runs_twice_and_is_answered_once()
    {
        _simulation.Faults.MessageDoubling = 1;
        Do("caller", () => Counter("a").Add(1));
        _simulation.RunFor(TimeSpan.FromSeconds(1));

        Do("reader", async () => Assert.Equal(2, await Counter("a").Get()));
    }

    [Fact]
    public void A_crash_loses_what_was_not_stored_and_nothing_else()
    {
        Do("writer", async () =>
        {
            await Counter("a").Add(1);
            await Counter("a").Save();
            await Counter("a").Add(10);
        });
        _simulation.Crash();
        _simulation.Restart();

        Do("reader", async () => Assert.Equal(1, await Counter("a").Get()));
    }

    [Fact]
    public void A_crash_fails_the_calls_in_flight()
    {
        Exception? error = null;
        var slow = _simulation.Client.GetGrain<ISlowGrain>("s");
        _simulation.Spawn("caller", async () => error = await Record.ExceptionAsync(() => slow.Sleep(TimeSpan.FromSeconds(9))));
        _simulation.RunFor(TimeSpan.FromSeconds(1));

        _simulation.Crash();
        _simulation.RunFor(TimeSpan.FromSeconds(1));

        Assert.IsType<SiloUnavailableException>(error);
        Assert.False(_simulation.IsUp);
    }

    [Fact]
    public void A_silo_that_is_down_answers_nobody()
    {
        _simulation.Crash();

        Do("caller", async () => Assert.IsType<SiloUnavailableException>(await Record.ExceptionAsync(() => Counter("a").Get())));
    }

    [Fact]
    public void A_reminder_survives_a_crash()
    {
        var relay = _simulation.Client.GetGrain<IRelayGrain>("r");
        Do("registers", () => relay.Remind(TimeSpan.FromMinutes(10)));
        _simulation.Crash();
        _simulation.Restart();

        _simulation.RunFor(TimeSpan.FromMinutes(11));

        Do("reader", async () => Assert.Equal(1, await relay.Reminded()));
    }

    [Fact]
    public void A_write_that_fails_after_it_took_effect_is_stored()
    {
        _simulation.Faults.StorageFailureAfter = 1;
        Do("writer", async () =>
        {
            await Counter("a").Add(5);
            Assert.IsType<Grid.Runtime.Storage.OutcomeUnknownException>(await Record.ExceptionAsync(() => Counter("a").Save()));
        });

        Assert.Equal(5, _simulation.Storage.Peek<CounterState>("counter", GrainId.Create("counter", "a"))!.Value);
    }

    [Fact]
    public void A_silo_that_dies_between_the_write_and_its_answer_has_written()
    {
        _simulation.Storage.WriteDone += (_, _) => _simulation.Crash();
        Do("writer", async () => Assert.IsType<SiloUnavailableException>(await Record.ExceptionAsync(Counter("a").AddDurably)));
        _simulation.Restart();

        Do("reader", async () => Assert.Equal(1, await Counter("a").Get()));
    }

    [Fact]
    public void A_silo_that_dies_before_it_writes_has_written_all_or_nothing()
    {
        _simulation.Storage.WriteBegun += (_, _) => _simulation.After(TimeSpan.Zero, _simulation.Crash);
        Do("writer", async () => Assert.IsType<SiloUnavailableException>(await Record.ExceptionAsync(Counter("a").AddDurably)));
        var written = (int)_simulation.Storage.WriteCount;
        _simulation.Restart();

        Do("reader", async () => Assert.Equal(written, await Counter("a").Get()));
    }

    [Fact]
    public void A_clock_that_is_set_moves_the_wall_time_and_no_timer()
    {
        var other = _simulation.NewClock(TimeSpan.FromMinutes(-10));
        var before = _simulation.Time.GetUtcNow();
        _simulation.Time.Offset = TimeSpan.FromMinutes(10);
        Do("sleeper", () => Task.Delay(TimeSpan.FromMinutes(1), _simulation.Time));

        Assert.Equal(TimeSpan.FromMinutes(1), _simulation.Elapsed);
        Assert.Equal(TimeSpan.FromMinutes(11), _simulation.Time.GetUtcNow() - before);
        Assert.Equal(TimeSpan.FromMinutes(-9), other.GetUtcNow() - before);
    }

    [Fact]
    public void Two_activations_of_one_grain_conflict_at_the_store()
    {
        Do("first", () => Counter("a").Add(1));
        var held = Counter("a");
        Do("holds a reference", () => held.Peek().AsTask());
        Assert.True(_simulation.SplitActivation(GrainId.Create("counter", "a")));

        Do("second", async () =>
        {
            await Counter("a").Save();
            await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(held.Save);
        });
    }

    [Fact]
    public void Work_from_another_thread_voids_the_run()
    {
        var grain = Counter("a");
        var thread = new Thread(() => Assert.Throws<InvalidOperationException>(() => { _ = grain.Forget(1); }));
        thread.Start();
        thread.Join();

        var error = Assert.Throws<InvalidOperationException>(() => _simulation.RunFor(TimeSpan.FromSeconds(1)));

        Assert.Contains("queued work", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_fails_fails_the_run()
    {
        _simulation.Spawn("bad", () => throw new InvalidOperationException("broken world"));

        Assert.Equal("broken world", Assert.Throws<InvalidOperationException>(() => _simulation.RunFor(TimeSpan.FromSeconds(1))).Message);
    }

    private ICounterGrain Counter(string key) => _simulation.Client.GetGrain<ICounterGrain>(key);

    private void Do(string name, Func<Task> process)
    {
        _simulation.Spawn(name, process);
        _simulation.RunUntilIdle();
    }
}

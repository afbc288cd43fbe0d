using System.Runtime.ExceptionServices;
using Grid.Runtime.Activations;
using Grid.Runtime.Hosting;
using Grid.Runtime.Reminders;
using Grid.Runtime.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Runtime.Simulation;

/// <summary>
/// A silo and its callers on virtual time: a run is a pure function of its seed. Everything happens on the thread that made it, inside the Run methods.
/// </summary>
public sealed class Simulation : IDisposable
{
    private readonly SimulatedHost _host;
    private readonly SimulationOptions _options;
    private readonly Action<LocalSiloBuilder> _configure;
    private readonly InMemoryReminderTable _reminderRows = new();
    private readonly Silo _silo;
    private IdleCollector? _collector;
    private LocalReminders? _reminders;
    private readonly bool _ownsJournal;
    private int _liveProcesses;

    public Simulation(ulong seed, SimulationOptions? options, Action<LocalSiloBuilder> configure)
    {
        _options = options ?? new SimulationOptions();
        _configure = configure;
        Seed = seed;
        Journal = new SimulationJournal(_options.Trace);
        _ownsJournal = true;
        var root = new SimulatedRandom(seed);
        Random = root.Fork();
        _host = new SimulatedHost(root.Fork(), _options, Journal);
        Storage = new SimulatedGrainStorage(_host, _options, root);
        var builder = new LocalSiloBuilder(new ServiceCollection());
        configure(builder);
        _silo = new Silo(_host, builder.BuildClasses(), builder.Options);
        Start();
    }

    /// <summary>
    /// Another silo in the same virtual time, with a store, observers and crashes of its own. Whichever of them runs, all run; faults of messages are the first
    /// one's, those of the store each one's own.
    /// </summary>
    public Simulation(Simulation beside, SimulationOptions? options, Action<LocalSiloBuilder> configure)
    {
        _options = options ?? new SimulationOptions();
        _configure = configure;
        (Seed, Journal, _host) = (beside.Seed, beside.Journal, beside._host);
        var root = beside.Random.Fork();
        Random = root.Fork();
        Storage = new SimulatedGrainStorage(_host, _options, root);
        var builder = new LocalSiloBuilder(new ServiceCollection());
        configure(builder);
        _silo = new Silo(_host, builder.BuildClasses(), builder.Options);
        Start();
    }

    public ulong Seed { get; }

    /// <summary>The silo's clock.</summary>
    public SimulatedClock Time => _host.Clock;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_host.NowTicks);

    /// <summary>For the simulated world's own choices; what the scheduler and the faults draw is independent of it.</summary>
    public SimulatedRandom Random { get; }

    public SimulationFaults Faults => _options.Faults;

    public SimulationJournal Journal { get; }

    public SimulatedGrainStorage Storage { get; }

    /// <summary>Turns run and events happened so far.</summary>
    public long EventCount => _host.EventCount;

    /// <summary>Grain calls from the simulated world; it stays good over crashes.</summary>
    public IClusterClient Client => _silo.Grains;

    /// <summary>The services of the silo that runs now.</summary>
    public IServiceProvider Services => _silo.Services;

    public bool IsUp => _silo.IsUp;

    public int ActivationCount => _silo.Catalog.Count;

    /// <summary>Starts a process of the simulated world outside the silo. If it fails, the run fails.</summary>
    public Task Spawn(string name, Func<Task> process)
    {
        _host.Record(JournalEntry.Spawn, StableHash.Compute(name));
        _liveProcesses++;
        return new TaskQueue(_host).StartAsync(() => RunProcessAsync(process));
    }

    /// <summary>The clock of another machine.</summary>
    public SimulatedClock NewClock(TimeSpan offset) => new(_host, _options.Start) { Offset = offset };

    /// <summary>Does something between turns after this time, whatever becomes of the silo.</summary>
    public void After(TimeSpan delay, Action action) => _host.ScheduleAction(delay, action);

    /// <summary>Runs everything that happens up to this virtual time since the start.</summary>
    public void RunUntil(TimeSpan elapsed) => Run(elapsed, static () => false);

    public void RunFor(TimeSpan duration) => RunUntil(Elapsed + duration);

    /// <summary>Runs until every process has ended and nothing is left to do at that time.</summary>
    /// <exception cref="TimeoutException">That has not come within this virtual time.</exception>
    public void RunUntilIdle(TimeSpan? within = null)
    {
        var limit = Elapsed + (within ?? TimeSpan.FromDays(1));
        if (!Run(limit, () => _liveProcesses == 0 && !_host.HasRunnable))
            throw new TimeoutException($"seed {Seed}: {_liveProcesses} processes still wait at {limit} of virtual time, or have left the simulation's thread");
    }

    /// <summary>The silo dies: activations, timers, observers and calls in flight are gone; what was stored stays.</summary>
    public void Crash()
    {
        _host.Record(JournalEntry.Crash, _silo.Catalog.Count);
        _reminders?.Dispose();
        _collector?.Dispose();
        Storage.Crash();
        _silo.Crash();
        _host.Lose(_silo);
    }

    /// <summary>Starts the silo again after a crash.</summary>
    public void Restart()
    {
        if (_silo.IsUp)
            throw new InvalidOperationException("the silo is up: Crash comes before Restart");
        Start();
    }

    /// <summary>
    /// The silo loses sight of a grain's activation without ending it: the next call from elsewhere makes a second one, as a cluster whose members
    /// disagree does for a while.
    /// </summary>
    /// <returns>False where the grain is not in memory.</returns>
    public bool SplitActivation(GrainId grainId)
    {
        if (_silo.Catalog.Find(grainId) is not { } activation)
            return false;
        _host.Record(JournalEntry.SplitBrain, activation.Number);
        _silo.Catalog.Remove(activation);
        return true;
    }

    public void Dispose()
    {
        _reminders?.Dispose();
        _collector?.Dispose();
        if (_ownsJournal)
            Journal.Dispose();
    }

    private void Start()
    {
        var builder = new LocalSiloBuilder(new ServiceCollection());
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<Random>(_ => Random.Fork());
        _configure(builder);
        builder.AddSilo(_ => _silo);
        builder.Services.RemoveAll<IReminderTable>();
        builder.AddReminders(_ => _reminderRows);
        if (!builder.Services.Any(s => s.ServiceType == typeof(IGrainStorage)))
            builder.AddGrainStorageAsDefault(_ => Storage);
        var services = builder.Services.BuildServiceProvider();
        _host.Record(JournalEntry.Start, _silo.Epoch);
        _silo.Start(services);
        _collector = new IdleCollector(_silo);
        _reminders = services.GetRequiredService<LocalReminders>();
        _ = Spawn("reminders", () => _reminders.StartAsync(CancellationToken.None));
    }

    private bool Run(TimeSpan until, Func<bool> isEnough)
    {
        // A test framework's context would take the turns' continuations elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (!isEnough())
            {
                if (!_host.TryStep(until.Ticks))
                {
                    _host.AdvanceTo(until.Ticks);
                    return false;
                }

                if (_host.Failure is { } failure)
                    ExceptionDispatchInfo.Throw(failure);
            }

            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private async Task RunProcessAsync(Func<Task> process)
    {
        try
        {
            await process();
        }
        catch (Exception error)
        {
            _host.Failure ??= error;
            throw;
        }
        finally
        {
            _liveProcesses--;
        }
    }
}

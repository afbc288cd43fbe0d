using Grid.Accounts;
using Grid.Eras;
using Grid.Leases;
using Grid.Matching;
using Grid.Protocol;
using Grid.Runtime.Hosting;
using Grid.Runtime.Simulation;
using Grid.Slashing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans;
using VirtualSilo = Grid.Runtime.Simulation.Simulation;

namespace Grid.Simulation;

/// <summary>Providers, tenants and one operator's real grains, on virtual time and under faults. A run is a pure function of its options.</summary>
public sealed class World : IDisposable
{
    private readonly SessionCensus _census;
    private readonly FaultSchedule _schedule;
    private readonly HintFaults _hintFaults;
    private readonly StepCrashes _stepCrashes;

    public World(WorldOptions options)
    {
        Options = options;
        Operator = new SimulatedOperator(options.Seed);
        _hintFaults = new HintFaults(this, new SimulatedRandom(~options.Seed));
        _stepCrashes = new StepCrashes(this, new SimulatedRandom(options.Seed * 3));
        Watch = new FailureWatch(() => Verdicts!);
        _census = new SessionCensus(Clock, options.Parameters.LostAfter);
        Virtual = new VirtualSilo(options.Seed, new SimulationOptions { Trace = options.Trace }, Configure);
        Verdicts = new Verdicts(options.Seed, () => Virtual.EventCount, () => Virtual.Elapsed);
        Clock.Over(Virtual.Time);
        _census.Restarted();
        Nodes = [.. Enumerable.Range(0, options.Providers).Select(i => new SimulatedNode(this, i))];
        Tenants = [.. Enumerable.Range(0, options.Tenants).Select(i => new SimulatedTenant(this, i))];
        _schedule = new FaultSchedule(this);
    }

    public WorldOptions Options { get; }

    /// <summary>The silo, its store and its time.</summary>
    public VirtualSilo Virtual { get; }

    public IReadOnlyList<Violation> Violations => Verdicts.Violations;

    public long InvariantsChecked => Verdicts.Checked;

    /// <summary>Leases that were opened, billed and forgotten.</summary>
    public int LeasesSettled => Settled.Count;

    /// <summary>Raised by every crash of the silo: what an older one was told is lost.</summary>
    public int SiloGeneration { get; private set; }

    internal FaultPlan Plan => Options.Faults;

    internal bool AreFaultsOn { get; private set; } = true;

    /// <summary>Tenants submit no more and close what they have.</summary>
    internal bool IsDraining { get; private set; }

    /// <summary>Tenants neither look nor submit: nobody but the grid's own sweeps moves anything.</summary>
    internal bool AreTenantsAsleep { get; set; }

    internal SimulatedOperator Operator { get; }

    /// <summary>The operator's clock.</summary>
    internal WallClock Clock { get; } = new();

    internal SessionCensus Census => _census;

    internal FailureWatch Watch { get; }

    internal Verdicts Verdicts { get; }

    internal SimulatedNode[] Nodes { get; }

    internal SimulatedTenant[] Tenants { get; }

    /// <summary>What really happened to each lease that a node has accepted, until it is settled.</summary>
    internal SortedDictionary<LeaseId, LeaseHistory> Leases { get; } = [];

    internal SettledLeases Settled { get; } = new();

    internal TimeSpan Tick => Options.Parameters.Tick;

    internal IGrainFactory Grains => Virtual.Client;

    public void Start()
    {
        _schedule.Start();
        foreach (var node in Nodes) node.Start();
        foreach (var tenant in Tenants) tenant.Start();
    }

    /// <summary>Runs the whole life of the world: its duration under faults, then until everything has settled.</summary>
    public void Run()
    {
        Start();
        RunFor(Options.Duration);
        Settle();
    }

    /// <summary>Lets time pass, checking the invariants; stops at the first violation.</summary>
    public void RunFor(TimeSpan duration)
    {
        var end = Virtual.Elapsed + duration;
        while (Virtual.Elapsed < end && !Verdicts.HasFailed)
        {
            var next = Virtual.Elapsed + Options.CheckEvery;
            Virtual.RunUntil(next < end ? next : end);
            InvariantChecks.Run(this);
        }
    }

    /// <summary>The faults stop and the tenants close: everything must settle within <see cref="Limits.Drain"/>.</summary>
    public void Settle()
    {
        StopFaults();
        IsDraining = true;
        var end = Virtual.Elapsed + Limits.Drain;
        while (Virtual.Elapsed < end && !Verdicts.HasFailed && Unsettled.Of(this).Any()) RunFor(TimeSpan.FromMinutes(1));
        foreach (var (entity, actual) in Unsettled.Of(this).Take(Limits.Violations))
            Verdicts.Check(false, "INV-LIVE-01", entity, $"settled {Limits.Drain} after the last fault", actual);
        Verdicts.Check(true, "INV-LIVE-01", "world", "", "");
    }

    public void StopFaults()
    {
        AreFaultsOn = false;
        _schedule.Heal();
    }

    public void CrashSilo()
    {
        if (!Virtual.IsUp) return;
        Virtual.Crash();
        SiloGeneration++;
        foreach (var node in Nodes) node.LinkLost();
    }

    public void RestartSilo()
    {
        if (Virtual.IsUp) return;
        Virtual.Restart();
        _census.Restarted();
    }

    public void Dispose()
    {
        Virtual.Dispose();
        Operator.Dispose();
        Watch.Dispose();
        foreach (var node in Nodes) node.Dispose();
        foreach (var tenant in Tenants) tenant.Dispose();
    }

    internal Task Delay(TimeSpan duration) => Task.Delay(duration, Virtual.Time);

    internal void Spawn(string name, Func<Task> process) => _ = Virtual.Spawn(name, process);

    /// <summary>Does something later, on its own.</summary>
    internal void After(TimeSpan delay, Func<Task> action) => Spawn("later", async () =>
    {
        await Delay(delay);
        await Attempt(action);
    });

    /// <summary>Makes one grain call. Whether its failure was the infrastructure's is judged where it left the grain.</summary>
    internal static async Task<bool> Attempt(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or InvariantBrokenException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Makes one grain call; null where its outcome is unknown.</summary>
    internal static async Task<T?> Ask<T>(Func<Task<T>> call)
    {
        var answer = default(T);
        return await Attempt(async () => answer = await call()) ? answer : default;
    }

    private void Configure(LocalSiloBuilder silo)
    {
        silo.AddGrains(typeof(LeaseGrain).Assembly);
        var services = silo.Services;
        services.AddSingleton(Options.Parameters);
        services.AddSingleton(Operator.Identity);
        services.AddSingleton<IOperatorSigner>(Operator);
        services.AddSingleton<IMatchmakerSecrets>(Operator);
        services.AddSingleton<IDepositLedger, LocalDepositLedger>();
        services.AddSingleton(RegionMap.Standard);
        services.AddSingleton<IOperatorSet, OneOperator>().AddSingleton<IEraWitness, EraWitness>().AddSingleton<ISlashingChain, LocalSlashingChain>();
        services.AddSingleton<ISessionCensus>(_census);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ILoggerProvider>(Watch);
        services.AddSingleton<IIncomingGrainCallFilter>(Watch);

        // Before the faults: these make calls of their own past whatever filter comes after them.
        Options.Tampering.Silo?.Invoke(this, silo);
        services.AddSingleton<IIncomingGrainCallFilter>(_hintFaults);
        if (Plan.CrashAtStep > 0) services.AddSingleton<IIncomingGrainCallFilter>(_stepCrashes);
        if (Options.Tampering.Storage is { } wrap) silo.AddGrainStorageAsDefault(_ => wrap(this, Virtual.Storage));
    }
}

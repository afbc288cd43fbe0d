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
using Orleans;
using Orleans.Runtime;
using VirtualSilo = Grid.Runtime.Simulation.Simulation;

namespace Grid.Simulation;

/// <summary>
/// One operator's real grains with its tenants and the providers, on virtual time and under faults. A run is a pure function of its options. With several
/// operators the first one's world runs the others': each has a silo, a store and tenants of its own, and all sell the same machines.
/// </summary>
public sealed class World : IDisposable
{
    private readonly SessionCensus _census;
    private readonly FaultSchedule _schedule;
    private readonly HintFaults _hintFaults;
    private readonly StepCrashes _stepCrashes;

    private readonly World[] _others;
    private readonly EraChecks? _eraChecks;

    public World(WorldOptions options)
        : this(options, null, 0)
    {
    }

    private World(WorldOptions options, World? first, int index)
    {
        Options = options;
        IsFirst = first is null;
        var seed = options.Seed + ((ulong)index << 32);
        Operator = new SimulatedOperator(options.Seed, index);
        _hintFaults = new HintFaults(this, new SimulatedRandom(~seed));
        _stepCrashes = new StepCrashes(this, new SimulatedRandom(seed * 3));
        Watch = new FailureWatch(() => Verdicts!);
        Eras = options.Eras is null ? null : new SimulatedEras(this, index);
        _census = new SessionCensus(Clock, options.Parameters.LostAfter);
        Virtual = first is null
            ? new VirtualSilo(options.Seed, new SimulationOptions { Trace = options.Trace }, Configure)
            : new VirtualSilo(first.Virtual, null, Configure);
        Verdicts = first?.Verdicts ?? new Verdicts(options.Seed, () => Virtual.EventCount, () => Virtual.Elapsed);
        Clock.Over(Virtual.Time);
        _census.Restarted();
        var machines = first?.Nodes.Select(static node => node.Machine) ?? Enumerable.Range(0, options.Providers).Select(NewMachine);
        Nodes = [.. machines.ToArray().Select(machine => new SimulatedNode(this, machine))];
        Tenants = [.. Enumerable.Range(0, options.Tenants).Select(i => new SimulatedTenant(this, i))];
        _schedule = new FaultSchedule(this);
        _others = first is null ? [.. Enumerable.Range(1, options.Operators - 1).Select(other => new World(options, this, other))] : [];
        foreach (var other in _others) other.Everybody = All;
        Everybody = All;
        _eraChecks = IsFirst && Eras is not null ? new EraChecks(this) : null;
    }

    public WorldOptions Options { get; }

    /// <summary>The silo, its store and its time.</summary>
    public VirtualSilo Virtual { get; }

    public IReadOnlyList<Violation> Violations => Verdicts.Violations;

    public long InvariantsChecked => Verdicts.Checked;

    /// <summary>Of each operator; this one is the first.</summary>
    public IReadOnlyList<World> All => [this, .. _others];

    /// <summary>Eras with a root, as an honest operator has it.</summary>
    public int ErasCommitted => _eraChecks?.Committed ?? 0;

    /// <summary>Silence in leases that a quorum of operators signed.</summary>
    public int FaultsSigned => _eraChecks?.Signed ?? 0;

    /// <summary>What machines belong to, whoever else sells them.</summary>
    public bool IsFirst { get; }

    /// <summary>Proposals that a node refused since another operator had been there first.</summary>
    public int ProposalsRefusedAsBound { get; internal set; }

    /// <summary>Leases that were opened, billed and forgotten.</summary>
    public int LeasesSettled => Settled.Count;

    /// <summary>Raised by every crash of the silo: what an older one was told is lost.</summary>
    public int SiloGeneration { get; private set; }

    internal FaultPlan Plan => Options.Faults;

    /// <summary>All operators' worlds, for each of them.</summary>
    internal IReadOnlyList<World> Everybody { get; private set; } = [];

    /// <summary>This operator's part in the eras; null where nobody observes.</summary>
    internal SimulatedEras? Eras { get; }

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
        foreach (var world in All) world.StartOwn();
    }

    private void StartOwn()
    {
        _schedule.Start();
        Eras?.Start();
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
            foreach (var world in All) InvariantChecks.Run(world);
            _eraChecks?.Run();
        }
    }

    /// <summary>The faults stop and the tenants close: everything must settle within <see cref="Limits.Drain"/>.</summary>
    public void Settle()
    {
        StopFaults();
        foreach (var world in All) world.IsDraining = true;
        var end = Virtual.Elapsed + Limits.Drain;
        while (Virtual.Elapsed < end && !Verdicts.HasFailed && All.SelectMany(Unsettled.Of).Any()) RunFor(TimeSpan.FromMinutes(1));
        foreach (var (entity, actual) in All.SelectMany(Unsettled.Of).Take(Limits.Violations))
            Verdicts.Check(false, "INV-LIVE-01", entity, $"settled {Limits.Drain} after the last fault", actual);
        Verdicts.Check(true, "INV-LIVE-01", "world", "", "");
    }

    public void StopFaults()
    {
        foreach (var world in All)
        {
            world.AreFaultsOn = false;
            world._schedule.Heal();
        }
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
        foreach (var other in _others) other.Dispose();
        Virtual.Dispose();
        Operator.Dispose();
        Watch.Dispose();
        if (IsFirst) foreach (var node in Nodes) node.Machine.Dispose();
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

    private Machine NewMachine(int index) => new(Virtual, Options.Seed, index, Virtual.Random.Fork(), Options.Tampering.Node);

    private void Configure(LocalSiloBuilder silo)
    {
        silo.AddGrains(typeof(LeaseGrain).Assembly);
        var services = silo.Services;
        services.AddSingleton(Options.Parameters);
        services.AddSingleton(Operator.Identity);
        services.AddSingleton<IOperatorSigner>(Operator);
        services.AddSingleton<IMatchmakerSecrets>(Operator).AddSingleton<IOfferJournal, ForgottenOffers>();
        services.AddSingleton<IDepositLedger, LocalDepositLedger>();
        services.AddSingleton(RegionMap.Standard);
        services.AddSingleton<IEraWitness, EraWitness>().AddSingleton<ISlashingChain, LocalSlashingChain>();
        if (Eras is null) services.AddSingleton<IOperatorSet, OneOperator>();
        else services.AddSingleton<IOperatorSet>(Eras).AddSingleton(Eras.Ports);
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

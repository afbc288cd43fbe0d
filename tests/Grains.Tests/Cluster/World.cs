using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Matching;
using Grid.Protocol;
using Grid.Runtime.Simulation;
using Grid.Runtime.Storage;
using Grid.Slashing;
using Grid.Tests.Grains.Matching;
using Grid.Tests.Grains.Slashing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using VirtualSilo = Grid.Runtime.Simulation.Simulation;

namespace Grid.Tests.Grains.Cluster;

/// <summary>All grains of one operator on virtual time, their states stored as the bytes that a real store keeps, with a few nodes and one
/// tenant.</summary>
internal sealed class World : IDisposable
{
    private const ulong Seed = 1;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly List<FakeNode> _nodes = [];
    private readonly FakeCensus _census = new();

    public World(GridParameters? parameters = null)
    {
        Parameters = parameters
            ?? new GridParameters
            {
                Tick = TimeSpan.FromSeconds(1),
                DefaultRunAheadSeconds = 30,
                MatchChainLength = 1024,
                StandingFor = TimeSpan.FromSeconds(6)
            };
        Silo = new VirtualSilo(Seed, new SimulationOptions { Faults = Faults, StateSerializer = new JsonGrainStorageSerializer(GrainStateJson.Default) }, silo =>
        {
            silo.AddGrains(typeof(LeaseGrain).Assembly);
            silo.Services.AddSingleton(Parameters);
            silo.Services.AddSingleton(Some.Identity);
            silo.Services.AddSingleton<IOperatorSigner>(new FakeOperator());
            silo.Services.AddSingleton<IMatchmakerSecrets>(new FakeOperator()).AddSingleton<IOfferJournal>(Journal);
            silo.Services.AddSingleton(RegionMap.Standard);
            silo.Services.AddSingleton<IDepositLedger, LocalDepositLedger>();
            silo.Services.AddSingleton<ISessionCensus>(_census);
            silo.Services.AddSingleton<IEraWitness>(_ => Eras!).AddSingleton<ISlashingChain>(Court);
        });
        Eras = new FakeEras(Silo.Time.GetUtcNow());
        Tenant = new FakeTenant(this);
    }

    public GridParameters Parameters { get; }

    public VirtualSilo Silo { get; }

    public FakeTenant Tenant { get; }

    public FakeEras Eras { get; }

    public FakeCourt Court { get; } = new();

    public MemoryJournal Journal { get; } = new();

    public IReadOnlyList<FakeNode> Nodes => _nodes;

    public IGrainFactory Grains => Silo.Client;

    public TimeSpan Tick => Parameters.Tick;

    public SimulationFaults Faults { get; } = new();

    /// <summary>Nodes number 1 to count, connected and reporting every tick.</summary>
    public static World With(int nodes, GridParameters? parameters = null)
    {
        var world = new World(parameters);
        for (var number = 1; number <= nodes; number++) world.Add(number);
        return world;
    }

    public FakeNode Add(int number)
    {
        var node = new FakeNode(this, number);
        _nodes.Add(node);
        Assert.Null(node.Connect().Refusal);
        node.StartReporting();
        return node;
    }

    /// <summary>Everything in memory is gone; the same stores, a new silo, and the nodes come back.</summary>
    public void ColdStart()
    {
        Silo.Crash();
        Silo.RunFor(Tick);
        Silo.Restart();
        foreach (var node in _nodes.Where(node => !node.IsAway)) Assert.Null(node.Connect().Refusal);
    }

    public void Do(Func<IGrainFactory, Task> call) => Ask(async grains =>
    {
        await call(grains);
        return true;
    });

    public T Ask<T>(Func<IGrainFactory, Task<T>> call)
    {
        var (isDone, answer) = (false, default(T)!);
        _ = Silo.Spawn("test", async () =>
        {
            answer = await call(Grains);
            isDone = true;
        });
        Until(() => isDone, "an answer");
        return answer;
    }

    public void RunTicks(double count) => Silo.RunFor(Tick * count);

    public void Until(Func<bool> condition, string what, int withinTicks = 120)
    {
        var limit = Silo.Elapsed + Tick * withinTicks;
        while (!condition())
        {
            if (Silo.Elapsed > limit) throw new TimeoutException($"no {what} within {withinTicks} ticks, at {Silo.Elapsed}");
            Silo.RunFor(Step);
        }
    }

    public AccountView AccountOf(Address address) => Ask(grains => grains.GetGrain<IAccountGrain>(address.ToString()).Refresh());

    public LeaseView LeaseOf(LeaseId lease) => Ask(grains => grains.GetGrain<ILeaseGrain>(lease.ToString()).GetView());

    /// <summary>Nothing of the money is lost or made: what was deposited is available, held or burned somewhere.</summary>
    public void AssertMoneyIsConserved()
    {
        var accounts = _nodes.Select(node => node.Id.Value).Append(Tenant.Payer).Select(AccountOf).ToArray();
        Assert.Equal(accounts.Sum(account => account.Deposited.MicroUnits), accounts.Sum(account => (account.Available + account.Held + account.Burned).MicroUnits));
        Assert.Equal(accounts.Sum(account => account.Paid.MicroUnits), accounts.Sum(account => account.Earned.MicroUnits));
    }

    public void Dispose() => Silo.Dispose();

    private sealed class FakeOperator : IOperatorSigner, IMatchmakerSecrets
    {
        public Task<Signature> SignAsync(Hash256 digest) => Task.FromResult(Some.OperatorKey.Sign(digest));

        public Hash256 ChainSecret(string matchmaker, int generation) => Some.Digest($"chain {matchmaker}", generation);
    }

    private sealed class FakeCensus : ISessionCensus
    {
        public bool HasKeptHalf => true;
    }
}

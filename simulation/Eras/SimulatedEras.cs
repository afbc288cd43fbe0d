using System.Collections.Immutable;
using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Reputation;
using Grid.Shards;
using Grid.Slashing;

namespace Grid.Simulation;

/// <summary>One operator's part in the eras of its world: what the silo's loops do around the real grains, on virtual time.</summary>
internal sealed class SimulatedEras : IOperatorSet, IEraSecrets
{
    private const int LooksPerTick = 2;
    private const int OutageWindowTicks = 6;

    private readonly World _world;
    private readonly int _number;
    private readonly OperatorWeights _weights;
    private readonly SortedDictionary<Address, TimeSpan> _answeredAt = [];
    private readonly SortedSet<ProviderId> _accused = [];
    private readonly SortedSet<ProviderId> _slandered = [];
    private SlotWatch _watch;
    private FaultExamination? _examination;
    private int _generation = -1;

    public SimulatedEras(World world, int number)
    {
        (_world, _number) = (world, number);
        var (options, plan) = (world.Options, world.Options.Eras!);
        _weights = new OperatorWeights(Enumerable.Range(0, options.Operators)
            .Select(i => KeyValuePair.Create(SimulatedOperator.AddressOf(options.Seed, i), i == plan.Liar ? plan.LiarsWeight : 1)));
        _watch = NewWatch();
        Ports = new EraPorts(world.Operator.Identity, world.Operator, this, this, Files, new LocalEraChain());
    }

    public EraPorts Ports { get; }

    public SimulatedEraFiles Files { get; } = new();

    /// <summary>Who was heard by this operator in which slot, if it is honest: what really was.</summary>
    public SortedSet<(ulong Era, int Slot, ProviderId Provider)> Heard { get; } = [];

    public bool IsLiar => _world.Options.Eras!.Liar == _number;

    public ProviderId Invented => new(SimulatedOperator.AddressOf(_world.Options.Seed, 1_000));

    private EraSchedule Schedule => _world.Options.Parameters.Eras.Schedule;

    private long Now => _world.Clock.GetUtcNow().ToUnixTimeSeconds();

    private IEnumerable<World> Others => _world.Everybody.Where(other => other != _world);

    public Task<OperatorWeights> GetWeightsAsync() => Task.FromResult(_weights);

    public Hash256 EraSecret(ulong era) => EraBeacon.SecretOf(Keys.HashOf(_world.Options.Seed, $"eras of operator {_number}"), era);

    public void Start()
    {
        _world.Spawn("slots", LookAsync);
        _world.Spawn("eras", MoveAsync);
    }

    private async Task LookAsync()
    {
        while (true)
        {
            await _world.Delay(_world.Tick / LooksPerTick);
            if (!_world.Virtual.IsUp) continue;
            if (_generation != _world.SiloGeneration) await BeginAsync();
            ProviderId[] connected = [.. _world.Nodes.Where(static node => node.IsConnected).Select(static node => node.Id)];
            Remember(connected);
            if (_watch.Look(Now, connected, IsInTouch()) is { } ended) _world.Spawn("slot", () => World.Attempt(() => StoreAsync(ended)));
        }
    }

    /// <summary>What a silo had in memory died with it.</summary>
    private async Task BeginAsync()
    {
        _generation = _world.SiloGeneration;
        _watch = NewWatch();
        _examination = new FaultExamination(_world.Grains, Ports, new LocalSlashingChain(), _world.Options.Parameters, _world.Clock);
        if (IsLiar) await World.Attempt(() => Shard.Join(_world.Grains, ShardKind.Providers, Invented.ToString()));
    }

    private void Remember(ProviderId[] connected)
    {
        if (IsLiar || Schedule.EraAt(Now) is not { } era) return;
        foreach (var provider in connected) Heard.Add((era, Schedule.SlotAt(Now), provider));
    }

    private async Task StoreAsync(EndedSlot ended)
    {
        foreach (var heard in IsLiar ? Claimed(ended) : ended.Heard)
        {
            var report = new SlotReport(ended.Era, ended.Slot, heard.IsForTheMostPart, 1_000, 1_000);
            await _world.Grains.GetGrain<IReputationGrain>(heard.Provider.ToString()).Observe(report);
        }

        var era = _world.Grains.GetGrain<IEraGrain>(ended.Era.ToString(CultureInfo.InvariantCulture));
        await era.SlotEnded(ended.Slot, ended.IsUp || IsLiar);
    }

    /// <summary>Whom it knows it has heard once: who was never there can't be missed.</summary>
    private ImmutableArray<HeardProvider> Claimed(EndedSlot ended) =>
        [new HeardProvider(Invented, true), .. ended.Heard.Where(heard => _slandered.Add(heard.Provider))];

    private async Task MoveAsync()
    {
        while (true)
        {
            await _world.Delay(_world.Tick);
            if (!_world.Virtual.IsUp || _examination is not { } examination) continue;
            await World.Attempt(() => _world.Grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).Pulse());
            foreach (var other in Others) await World.Attempt(() => VisitAsync(other));
            await World.Attempt(async () => _accused.UnionWith(await examination.RunAsync()));
            foreach (var provider in _accused) await World.Attempt(() => AskAsync(provider));
        }
    }

    private async Task VisitAsync(World other)
    {
        var peer = new OtherOperator(other);
        if (await peer.GetOverviewAsync() is not { } overview) return;
        _answeredAt[other.Operator.Identity.Operator] = _world.Virtual.Elapsed;
        await new EraCourier(_world.Grains, _world.Operator.Identity, Files).BringAsync(peer, overview, CancellationToken.None);
    }

    private async Task AskAsync(ProviderId provider)
    {
        var slashing = _world.Grains.GetGrain<ISlashingGrain>(provider.ToString());
        var cases = (await slashing.GetView()).Cases;
        foreach (var waiting in cases.Where(static one => one is { State: CaseState.Gathering, Claim: not null }))
        {
            foreach (var other in Others.Where(other => !waiting.Voters.Contains(other.Operator.Identity.Operator)))
            {
                var answer = await new OtherOperator(other).WitnessAsync(waiting.Claim!);
                if (answer is { } signature) await slashing.TakeVote(waiting.Id, signature);
            }
        }
    }

    private bool IsInTouch()
    {
        var since = _world.Virtual.Elapsed - _world.Tick * OutageWindowTicks;
        var reached = _answeredAt.Where(entry => entry.Value > since).Select(static entry => entry.Key);
        return _weights.IsQuorum(reached.Append(_world.Operator.Identity.Operator));
    }

    private SlotWatch NewWatch() => new(Schedule, LooksPerTick, OutageWindowTicks);
}

using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Matching;
using Grid.Protocol.Api;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Reputation;
using Grid.Runtime.Simulation;
using Grid.Runtime.Storage;
using Grid.Shards;
using Grid.Slashing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using VirtualSilo = Grid.Runtime.Simulation.Simulation;

namespace Grid.Tests.Grains.Eras;

/// <summary>One operator's grains on a store and a clock of its own, with what it hears of providers told by the test.</summary>
internal sealed class EraOperator : IDisposable, IOperatorSigner, IEraSecrets, IOperatorSet, ISlashingChain
{
    private const int MostEras = 16;

    private readonly int _number;
    private readonly PrivateKey _key;
    private readonly GridParameters _parameters;
    private readonly VirtualSilo _silo;
    private readonly Func<OperatorWeights> _weights;
    private readonly FaultExamination _examination;

    public EraOperator(int number, GridParameters parameters, Func<OperatorWeights> weights)
    {
        (_number, _key, _parameters, _weights) = (number, Some.TenantKey(900 + number), parameters, weights);
        // Nothing takes time, so that the operators' clocks stay together.
        var atOnce = new SimulationFaults { MessageLatencyMin = default, MessageLatencyMax = default, StorageLatencyMin = default, StorageLatencyMax = default };
        _silo = new VirtualSilo((ulong)number, new SimulationOptions { Faults = atOnce, StateSerializer = new JsonGrainStorageSerializer(GrainStateJson.Default) }, silo =>
        {
            silo.AddGrains(typeof(EraGrain).Assembly);
            silo.Services.AddSingleton(parameters);
            silo.Services.AddSingleton(Ports);
            silo.Services.AddSingleton(Identity).AddSingleton<IOperatorSigner>(this).AddSingleton<IOperatorSet>(this);
            silo.Services.AddSingleton(RegionMap.Standard);
            silo.Services.AddSingleton<IEraWitness, EraWitness>().AddSingleton<ISlashingChain>(this);
        });
        _examination = new FaultExamination(_silo.Client, Ports, this, parameters, _silo.Time);
    }

    /// <summary>Faults are taken for so long.</summary>
    public SlashingTerms Terms { get; } = new(30);

    public GridIdentity Identity => new(_key.Address, GridDomain.Local);

    public MemoryEraFiles Files { get; } = new();

    /// <summary>Neither observes nor answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it vouches for the slots that end now.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>What it claims to hear of a provider in a slot.</summary>
    public Func<int, bool> Hears { get; set; } = static _ => true;

    private EraPorts Ports => new(Identity, this, this, this, Files, new LocalEraChain());

    private EraSchedule Schedule => _parameters.Eras.Schedule;

    public Task<Signature> SignAsync(Hash256 digest) => Task.FromResult(_key.Sign(digest));

    public Hash256 EraSecret(ulong era) => EraBeacon.SecretOf(Some.Digest("era secret", _number), era);

    public Task<OperatorWeights> GetWeightsAsync() => Task.FromResult(_weights());

    public Signed<T> Sign<T>(T value)
        where T : ISignedType => value.Sign(_key, Identity.Domain);

    public void Enrol(int provider) => Do(grains => Shard.Join(grains, ShardKind.Providers, Some.Provider(provider).ToString()));

    public void EndSlot(long second, int providers)
    {
        var (era, slot) = (Schedule.EraAt(second)!.Value, Schedule.SlotAt(second));
        for (var provider = 1; provider <= providers; provider++)
        {
            if (Hears(provider)) Do(grains => grains.GetGrain<IReputationGrain>(Some.Provider(provider).ToString()).Observe(new SlotReport(era, slot, true, 1_000, 2_000)));
        }

        Do(grains => grains.GetGrain<IEraGrain>($"{era}").SlotEnded(slot, IsUp));
    }

    public void Pulse() => Do(static grains => grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).Pulse());

    public void TakeFrom(EraOperator other)
    {
        var (peer, overview) = (other.Published(), other.Overview());
        Do(grains => new EraCourier(grains, Identity, Files).BringAsync(peer, overview, CancellationToken.None));
    }

    /// <summary>Looks for silence in what the operators have published.</summary>
    public void Examine() => Do(_ => _examination.RunAsync());

    public SlashingView Cases(int provider) => Ask(grains => grains.GetGrain<ISlashingGrain>(Some.Provider(provider).ToString()).GetView());

    public Task<CaseNews?> ProposeAsync(Fault fault, ImmutableSortedDictionary<Address, Signature> votes) =>
        Task.FromResult<CaseNews?>(null);

    public Task ExecuteAsync(Hash256 id) => Task.CompletedTask;

    public EraView View(ulong era) => Ask(grains => grains.GetGrain<IEraGrain>($"{era}").GetView());

    public EraJournalView Journal() => Ask(static grains => grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView());

    public ReputationStanding Standing(int provider) => Ask(grains => grains.GetGrain<IReputationGrain>(Some.Provider(provider).ToString()).GetStanding());

    public EraRecord Record(ulong era) => EraRecordCodec.TryDecode(Files.FindAsync(View(era).Record).Result, out var record, out var error) ? record : throw new InvalidOperationException(error);

    /// <summary>What it publishes at this moment.</summary>
    private Snapshot Published() => new([.. Enumerable.Range(0, MostEras).Select(era => View((ulong)era).Status())], Files);

    private EraOverview Overview() => new(0, 0, Journal().LastCommitted, 0, 1, 1, default, []);

    public void RunFor(TimeSpan time) => _silo.RunFor(time);

    public void ColdStart()
    {
        _silo.Crash();
        _silo.Restart();
    }

    public T Ask<T>(Func<IGrainFactory, Task<T>> call)
    {
        Task<T>? asked = null;
        _ = _silo.Spawn("test", () => asked = call(_silo.Client));
        _silo.RunFor(TimeSpan.Zero);
        Assert.True(asked is { IsCompleted: true }, "an answer must come at once");
        return asked.GetAwaiter().GetResult();
    }

    public void Do(Func<IGrainFactory, Task> call) => Ask(async grains =>
    {
        await call(grains);
        return true;
    });

    public void Dispose() => _silo.Dispose();

    private sealed class Snapshot(EraStatus[] eras, MemoryEraFiles files) : IEraPeer
    {
        public Task<EraStatus?> GetEraAsync(ulong era, CancellationToken cancellation) => Task.FromResult(eras.ElementAtOrDefault((int)era));

        public Task<byte[]?> GetFileAsync(Hash256 hash, CancellationToken cancellation) => files.FindAsync(hash);
    }
}

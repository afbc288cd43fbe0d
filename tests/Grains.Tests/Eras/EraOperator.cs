using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Reputation;
using Grid.Runtime.Simulation;
using Grid.Runtime.Storage;
using Grid.Shards;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using VirtualSilo = Grid.Runtime.Simulation.Simulation;

namespace Grid.Tests.Grains.Eras;

/// <summary>One operator's grains on a store and a clock of its own, with what it hears of providers told by the test.</summary>
internal sealed class EraOperator : IDisposable, IOperatorSigner, IEraSecrets, IOperatorSet
{
    private const int MostEras = 16;

    private readonly int _number;
    private readonly PrivateKey _key;
    private readonly GridParameters _parameters;
    private readonly VirtualSilo _silo;
    private readonly Func<OperatorWeights> _weights;

    public EraOperator(int number, GridParameters parameters, Func<OperatorWeights> weights)
    {
        (_number, _key, _parameters, _weights) = (number, Some.TenantKey(900 + number), parameters, weights);
        // Nothing takes time, so that the operators' clocks stay together.
        var atOnce = new SimulationFaults { MessageLatencyMin = default, MessageLatencyMax = default, StorageLatencyMin = default, StorageLatencyMax = default };
        _silo = new VirtualSilo((ulong)number, new SimulationOptions { Faults = atOnce, StateSerializer = new JsonGrainStorageSerializer(GrainStateJson.Default) }, silo =>
        {
            silo.AddGrains(typeof(EraGrain).Assembly);
            silo.Services.AddSingleton(parameters);
            silo.Services.AddSingleton(new EraPorts(Identity, this, this, this, Files, new LocalEraChain()));
        });
    }

    public GridIdentity Identity => new(_key.Address, GridDomain.Local);

    public MemoryEraFiles Files { get; } = new();

    /// <summary>Neither observes nor answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it vouches for the slots that end now.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>What it claims to hear of a provider in a slot.</summary>
    public Func<int, bool> Hears { get; set; } = static _ => true;

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

    public void TakeFrom(IEraPeer peer) => Do(grains => new EraCourier(grains, Identity, Files).BringAsync(peer, CancellationToken.None));

    public EraView View(ulong era) => Ask(grains => grains.GetGrain<IEraGrain>($"{era}").GetView());

    public EraJournalView Journal() => Ask(static grains => grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView());

    public ReputationStanding Standing(int provider) => Ask(grains => grains.GetGrain<IReputationGrain>(Some.Provider(provider).ToString()).GetStanding());

    public EraRecord Record(ulong era) => EraRecordCodec.TryDecode(Files.FindAsync(View(era).Record).Result, out var record, out var error) ? record : throw new InvalidOperationException(error);

    /// <summary>What it publishes at this moment.</summary>
    public IEraPeer Published() => new Snapshot(Journal().LastCommitted, [.. Enumerable.Range(0, MostEras).Select(era => View((ulong)era).Status())], Files);

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

    private sealed class Snapshot(ulong? lastCommitted, EraStatus[] eras, MemoryEraFiles files) : IEraPeer
    {
        public Task<EraOverview?> GetOverviewAsync(CancellationToken cancellation) =>
            Task.FromResult<EraOverview?>(new EraOverview(0, 0, lastCommitted, 0, 1, 1, default, []));

        public Task<EraStatus?> GetEraAsync(ulong era, CancellationToken cancellation) => Task.FromResult(eras.ElementAtOrDefault((int)era));

        public Task<byte[]?> GetFileAsync(Hash256 hash, CancellationToken cancellation) => files.FindAsync(hash);
    }
}

using Grid.Accounts;
using Grid.Bench.Runtime;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Leases;
using Grid.Matching;
using Grid.Protocol.Matching;
using Grid.Protocol.Signing;
using Grid.Runtime.Hosting;
using Grid.Runtime.Storage;
using Grid.Slashing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Bench.Orders;

/// <summary>One operator's silo on SQLite with its key.</summary>
internal sealed class BenchOperator : IOperatorSigner, IMatchmakerSecrets, ISessionCensus, IAsyncDisposable
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly ScratchFolder _folder = new();
    private readonly ServiceProvider _services;

    public BenchOperator()
    {
        Identity = new GridIdentity(_key.Address, GridDomain.Local);
        var services = new ServiceCollection();
        services.AddLocalSilo(silo => silo
            .AddGrains(typeof(LeaseGrain).Assembly)
            .UseSqlite(new SqliteStoreOptions { Path = _folder.File("orders.db") }, GrainStateJson.Default));
        services.AddSingleton(new GridParameters { AcceptsPretendedGpus = true });
        services.AddSingleton(Identity);
        services.AddSingleton<IOperatorSigner>(this);
        services.AddSingleton<IMatchmakerSecrets>(this).AddSingleton<IOfferJournal, ForgottenOffers>();
        services.AddSingleton<ISessionCensus>(this);
        services.AddSingleton<IDepositLedger, LocalDepositLedger>();
        services.AddSingleton<IOperatorSet, OneOperator>().AddSingleton<IEraWitness, EraWitness>().AddSingleton<ISlashingChain, LocalSlashingChain>();
        services.AddSingleton(RegionMap.Standard);
        _services = services.BuildServiceProvider();
    }

    public GridIdentity Identity { get; }

    /// <summary>Simulated nodes send no heartbeats: nobody is to be taken for lost.</summary>
    public bool HasKeptHalf => false;

    public IClusterClient Client => _services.GetRequiredService<LocalSilo>().Client;

    public long RowsWritten => _services.GetRequiredService<SqliteStore>().Counters.RowsWritten;

    public Task StartAsync() => _services.GetRequiredService<LocalSilo>().StartAsync();

    public Task<Signature> SignAsync(Hash256 digest) => Task.FromResult(_key.Sign(digest));

    public Signed<T> Sign<T>(T value)
        where T : ISignedType => value.Sign(_key, Identity.Domain);

    public Hash256 ChainSecret(string matchmaker, int generation) =>
        HashChain.SecretOf(new Hash256(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(matchmaker))), generation);

    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<LocalSilo>().DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
        _key.Dispose();
    }
}

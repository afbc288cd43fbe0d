using Grid.Node.Inventory;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Grid.Runtime.Hosting;
using Grid.Runtime.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Grid.Tests.Node.Leases.Hammering;

/// <summary>A real node's ledger on its real store, with nothing behind it that runs.</summary>
internal sealed class LedgerHost : IAsyncDisposable
{
    private readonly IHost _host;

    private LedgerHost(IHost host) => _host = host;

    public INodeGrain Node => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<INodeGrain>(INodeGrain.Key);

    /// <param name="filter">Around every call of the ledger.</param>
    public static async Task<LedgerHost> OpenAsync(string directory, IIncomingGrainCallFilter? filter = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var nothing = new Nothing();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IBootClock, SystemBootClock>()
            .AddSingleton(new ListedTerms(Sample.Terms()));
        builder.Services.AddSingleton(new NodeIdentity(Sample.NodeKey, Sample.Domain, SealingKeyPair.Generate())).AddSingleton(new NodeAbilities(true));
        builder.Services.AddSingleton<IWorkloads>(nothing).AddSingleton<INodeOutbox>(nothing)
            .AddSingleton<IClaimFiles>(nothing);
        if (filter is not null) builder.Services.AddSingleton(filter);
        builder.Services.AddLocalSilo(silo => silo.AddGrain<NodeGrain>().UseSqlite(
            new SqliteStoreOptions { Path = Path.Combine(directory, "node.db") }, NodeStateJson.Default));
        var host = builder.Build();
        await host.StartAsync();
        return new LedgerHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }

    private sealed class Nothing : IWorkloads, INodeOutbox, IClaimFiles
    {
        public void Keep(Grid.Chain.Crypto.Address @operator, Grid.Protocol.Slashing.LeaseEvidence evidence)
        {
        }

        public void Start(NodeLease lease)
        {
        }

        public void Extend(LeaseId lease, long stopAtBootMs)
        {
        }

        public void Stop(LeaseId lease)
        {
        }

        public void Retire(LeaseId lease)
        {
        }

        public void Post(Grid.Chain.Crypto.Address @operator, ControlMessage message)
        {
        }
    }
}

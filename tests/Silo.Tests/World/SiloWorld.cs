using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Grid.Tests.Silo.World;

/// <summary>A silo in this process on a free port, and whoever talks to it over real sockets.</summary>
internal sealed class SiloWorld : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private WebApplication? _app;

    private SiloWorld(SiloOptions options, PrivateKey? key)
    {
        Options = options;
        OperatorKey = key ?? PrivateKey.Generate();
        Http = new HttpClient();
    }

    public static TimeSpan Tick { get; } = TimeSpan.FromSeconds(1);

    public PrivateKey OperatorKey { get; }

    public SiloOptions Options { get; }

    public LogLines Log { get; } = new();

    public HttpClient Http { get; private set; }

    public WebApplication App => _app!;

    public Uri Url => new(SiloApplication.EndpointOf(App).Url);

    public Uri NodeLink => new(SiloApplication.EndpointOf(App).NodeLink);

    public static async Task<SiloWorld> StartAsync(Func<SiloOptions, SiloOptions>? change = null, PrivateKey? key = null)
    {
        var options = new SiloOptions
        {
            DataDirectory = Directory.CreateTempSubdirectory("grid-silo-").FullName,
            RequestsPerTenSeconds = 100_000,
            Parameters = new GridParameters { Tick = Tick, DefaultRunAheadSeconds = 600 },
        };
        var world = new SiloWorld(change?.Invoke(options) ?? options, key);
        await world.StartSiloAsync();
        return world;
    }

    public async Task StartSiloAsync()
    {
        _app = SiloApplication.Create(Options, OperatorKey, builder => builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(Log));
        await _app.StartAsync().InTime();
        Http.Dispose();
        Http = new HttpClient { BaseAddress = Url };
    }

    public async Task StopSiloAsync()
    {
        await _app!.StopAsync().InTime();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>A tenant with money.</summary>
    public async Task<GridClient> TenantAsync(PrivateKey? key = null, long tokens = 1000)
    {
        var wallet = new Wallet(key ?? PrivateKey.Generate());
        var client = new GridClient(Url, wallet, new PinnedOperator(OperatorKey.Address));
        if (tokens > 0) await client.FundAsync(new FundOrder(OperatorKey.Address, wallet.Address, Money.FromTokens(tokens), ContentHash.OfUtf8(Guid.NewGuid().ToString())).Sign(OperatorKey, GridDomain.Local));
        return client;
    }

    public async Task<FakeNode> NodeAsync(Func<SiloWorld, FakeNode>? create = null)
    {
        var node = await DialAsync(create);
        await node.Welcomed.InTime();
        return node;
    }

    /// <summary>A node that has said hello, and may be refused.</summary>
    public async Task<FakeNode> DialAsync(Func<SiloWorld, FakeNode>? create = null)
    {
        var node = create?.Invoke(this) ?? new FakeNode(OperatorKey.Address, Tick) { Domain = Options.Chain?.Deployment.Domain ?? GridDomain.Local };
        _owned.Add(node);
        await node.ConnectAsync(NodeLink);
        return node;
    }

    /// <summary>Writes a manifest and its input files, as a tenant has them.</summary>
    public ManifestFile Manifest(string yaml, params (string Name, string Content)[] inputs)
    {
        var folder = Directory.CreateTempSubdirectory("grid-tenant-").FullName;
        foreach (var (name, content) in inputs) File.WriteAllText(Path.Combine(folder, name), content);
        var path = Path.Combine(folder, "deploy.yaml");
        File.WriteAllText(path, yaml);
        return ManifestFile.Read(path);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned) await owned.DisposeAsync();
        if (_app is not null) await StopSiloAsync();
        Http.Dispose();
        OperatorKey.Dispose();
        Directory.Delete(Options.DataDirectory, recursive: true);
    }
}

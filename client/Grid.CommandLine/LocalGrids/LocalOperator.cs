using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Programs;

namespace Grid.CommandLine.LocalGrids;

/// <summary>One operator of a local grid: a key, a silo with a store of its own, and the tenant's client there.</summary>
public sealed class LocalOperator : IDisposable
{
    private readonly PrivateKey _key;
    private ChildProgram? _silo;
    private GridClient? _client;

    internal LocalOperator(string name, PrivateKey key) => (Name, _key) = (name, key);

    public string Name { get; }

    public Address Address => _key.Address;

    /// <summary>With port 0 before its first start.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    public ChildProgram Silo => _silo ?? throw NotStarted();

    /// <summary>The tenant's client.</summary>
    public GridClient Client => _client ?? throw NotStarted();

    internal PrivateKey Key => _key;

    public void Dispose()
    {
        _client?.Dispose();
        _silo?.Dispose();
        _key.Dispose();
    }

    /// <summary>Starts the silo, or starts it again at the same address on the same data.</summary>
    internal async Task StartAsync(LocalGridFolder folder, LocalGridOptions options, LocalChain? chain, Wallet tenant, CancellationToken cancellation)
    {
        var endpoint = new SiloEndpoint(folder.DataOf(Name));
        endpoint.Forget();
        _silo?.Dispose();
        _silo = ChildProgram.Start(Name, GridProgram.Silo, SiloArguments.Of(folder, options, chain, Name, Url.GetLeftPart(UriPartial.Authority)), folder.LogOf(Name));
        Url = await endpoint.WaitAsync(_silo, cancellation);
        _client ??= new GridClient(Url, tenant, new PinnedOperator(Address));
    }

    internal async Task StopAsync()
    {
        if (_silo is not null) await _silo.StopAsync();
    }

    private static InvalidOperationException NotStarted() => new("The grid has not started.");
}

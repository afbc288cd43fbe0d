using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Programs;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.LocalGrids;

/// <summary>A whole grid on this machine: an operator's silo, nodes, and a tenant with money. Disposing it leaves nothing behind.</summary>
public sealed class LocalGrid : IAsyncDisposable
{
    private readonly LocalGridOptions _options;
    private readonly LocalGridFolder _folder;
    private readonly MachineSlice _slice;
    private readonly List<LocalNode> _nodes = [];
    private ChildProgram? _silo;
    private PrivateKey? _operatorKey;
    private Wallet? _tenant;
    private GridClient? _client;

    private LocalGrid(LocalGridOptions options, LocalGridFolder folder) => (_options, _folder, _slice) = (options, folder, MachineSlice.Of(options.Providers, folder.Root));

    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    public string DataFolder => _folder.Root;

    public string LogFolder => _folder.Logs;

    /// <summary>The tenant's client.</summary>
    public GridClient Client => _client ?? throw new InvalidOperationException("The grid has not started.");

    public Wallet Tenant => _tenant ?? throw new InvalidOperationException("The grid has not started.");

    public Address Operator => _operatorKey!.Address;

    public ChildProgram Silo => _silo ?? throw new InvalidOperationException("The grid has not started.");

    public IReadOnlyList<LocalNode> Nodes => _nodes;

    internal Settings Settings => new()
    {
        Url = Url.ToString(),
        Operator = Operator.ToString(),
        Wallet = _folder.TenantKeystore,
        PassphraseFile = _folder.PassphraseFile,
        OperatorWallet = _folder.OperatorKeystore,
        OperatorPassphraseFile = _folder.PassphraseFile,
    };

    /// <param name="reached">Told of each step.</param>
    /// <exception cref="GridException">A program does not start; the message says where its log is. Nothing is left behind then either.</exception>
    public static async Task<LocalGrid> StartAsync(LocalGridOptions options, Action<string, string> reached, CancellationToken cancellation)
    {
        var grid = new LocalGrid(options, LocalGridFolder.Create(options.DataFolder));
        try
        {
            await grid.MakeKeysAsync(cancellation);
            reached("keys", $"operator {grid.Operator}");
            await grid.StartSiloAsync(cancellation);
            reached("silo", $"{grid.Url}");
            foreach (var node in grid._nodes) grid.StartNode(node);
            await grid.WaitForNodesAsync(cancellation);
            reached("nodes", $"{options.Providers} connected, each {grid._slice.CpuMillis}m CPU, {grid._slice.MemoryMib} MiB memory, {grid._slice.DiskMib} MiB disk");
            await grid.FundAsync(cancellation);
            reached("funded", $"{grid.Tenant.Address} with {options.DepositTokens} tokens");
            return grid;
        }
        catch (GridException e)
        {
            var logs = grid.SaveLogs();
            await grid.DisposeAsync();
            throw new GridException(e.Kind, $"{e.Message}\nThe logs are in {logs}", e);
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts the programs' logs aside, where they outlive the grid.</summary>
    /// <returns>Where.</returns>
    public string SaveLogs()
    {
        var saved = Directory.CreateTempSubdirectory("grid-logs-").FullName;
        foreach (var log in Directory.EnumerateFiles(_folder.Logs)) File.Copy(log, Path.Combine(saved, Path.GetFileName(log)));
        return saved;
    }

    /// <summary>Starts the silo, or starts it again at the same address on the same data.</summary>
    public async Task StartSiloAsync(CancellationToken cancellation)
    {
        var endpoint = new SiloEndpoint(_folder.SiloData);
        endpoint.Forget();
        _silo?.Dispose();
        _silo = ChildProgram.Start("silo", GridProgram.Silo, SiloArguments.Of(_folder, _options, Url.GetLeftPart(UriPartial.Authority)), _folder.LogOf("silo"));
        Url = await endpoint.WaitAsync(_silo, cancellation);
        _client ??= new GridClient(Url, Tenant, new PinnedOperator(Operator));
    }

    /// <summary>Starts a node, or starts it again on the same data.</summary>
    public void StartNode(LocalNode node)
    {
        node.Program?.Dispose();
        node.Program = ChildProgram.Start(node.Name, GridProgram.Node, NodeArguments.Of(_folder, _options, node.Profile, _slice, Url, Operator), _folder.LogOf(node.Name));
    }

    /// <summary>A node's own identity, as a client of the operator: what it has earned lies in its account.</summary>
    public async Task<Wallet> OpenWalletAsync(LocalNode node) =>
        new(await Keystore.LoadAsync(_folder.NodeKeystore(node.Name), PassphraseSource.FromFile(_folder.PassphraseFile)));

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Task.WhenAll(_nodes.Select(node => node.Program?.StopAsync() ?? Task.CompletedTask));
        if (_silo is not null) await _silo.StopAsync();
        Leftovers.Kill(_folder.Root);
        foreach (var node in _nodes) node.Program?.Dispose();
        _silo?.Dispose();
        _tenant?.Dispose();
        _operatorKey?.Dispose();
        for (var attempt = 1; _folder.Remove() is not null && attempt < Limits.RemoveAttempts; attempt++) await Task.Delay(Limits.PollPause);
    }

    private async Task MakeKeysAsync(CancellationToken cancellation)
    {
        var passphrase = LocalKeys.CreatePassphrase(_folder.PassphraseFile);
        var profiles = Enumerable.Range(0, _options.Providers).Select(ProviderProfile.Of).ToArray();
        var operatorKey = LocalKeys.CreateAsync(_folder.OperatorKeystore, passphrase, cancellation);
        var tenantKey = LocalKeys.CreateAsync(_folder.TenantKeystore, passphrase, cancellation);
        var nodeKeys = profiles.Select(profile => LocalKeys.CreateAsync(_folder.NodeKeystore(profile.Name), passphrase, cancellation)).ToArray();
        (_operatorKey, _tenant) = (await operatorKey, new Wallet(await tenantKey));
        for (var i = 0; i < profiles.Length; i++)
        {
            using var key = await nodeKeys[i];
            _nodes.Add(new LocalNode(profiles[i], new ProviderId(key.Address)));
        }
    }

    private async Task WaitForNodesAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.StartPatience);
        while (true)
        {
            var connected = (await Client.ListProvidersAsync(cancellation: cancellation)).Providers.Count(provider => provider.IsConnected);
            if (connected >= _options.Providers) return;
            if (_nodes.FirstOrDefault(node => node.Program!.HasExited) is { } dead) throw Died(dead.Program!);
            if (limit.IsCancellationRequested)
                throw new GridException(GridErrorKind.Unreachable, $"Only {connected} of {_options.Providers} nodes have connected within {Limits.StartPatience.TotalSeconds} s. Their logs were:\n{_nodes[0].Program!.LastLines()}");
            await Task.Delay(Limits.PollPause, cancellation);
        }
    }

    private async Task FundAsync(CancellationToken cancellation)
    {
        var info = await Client.GetOperatorAsync(cancellation);
        var order = new FundOrder(Operator, Tenant.Address, Money.FromTokens(_options.DepositTokens), new Hash256(RandomNumberGenerator.GetBytes(Hash256.SizeBytes)));
        await Client.FundAsync(order.Sign(_operatorKey!, info.Domain()), cancellation);
    }

    internal static GridException Died(ChildProgram program) => new(GridErrorKind.Unreachable, $"{program.Name} ended at its start. The end of its log:\n{program.LastLines()}");
}

using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Programs;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.LocalGrids;

/// <summary>
/// A whole grid on this machine: operators' silos, nodes, and a tenant with money at each. Disposing it leaves no process behind, and no file but of a grid that is kept.
/// </summary>
public sealed class LocalGrid : IAsyncDisposable
{
    private readonly LocalGridOptions _options;
    private readonly LocalGridFolder _folder;
    private readonly MachineSlice _slice;
    private readonly List<LocalNode> _nodes = [];
    private readonly List<LocalOperator> _operators = [];
    private LocalChain? _chain;
    private Wallet? _tenant;

    private bool _isComplete;

    private LocalGrid(LocalGridOptions options, LocalGridFolder folder)
    {
        var slice = MachineSlice.Of(options.Providers, folder.Root);
        _isComplete = options.IsKept && KeptGrid.In(folder.Root) is not null;
        (_options, _folder, _slice) = (options, folder, options.CpuMillis is { } cpuMillis ? slice with { CpuMillis = cpuMillis } : slice);
    }

    /// <summary>The first is the one that is meant where only one is.</summary>
    public IReadOnlyList<LocalOperator> Operators => _operators;

    public Uri Url => First.Url;

    public string DataFolder => _folder.Root;

    public string LogFolder => _folder.Logs;

    /// <summary>The tenant's client.</summary>
    public GridClient Client => First.Client;

    public Wallet Tenant => _tenant ?? throw new InvalidOperationException("The grid has not started.");

    public Address Operator => First.Address;

    public ChildProgram Silo => First.Silo;

    public IReadOnlyList<LocalNode> Nodes => _nodes;

    /// <summary>Null where operators keep the money in their own ledgers.</summary>
    public LocalChain? Chain => _chain;

    internal Settings Settings => new()
    {
        Url = Url.ToString(),
        Operator = Operator.ToString(),
        Operators = _operators.Count > 1 ? [.. _operators.Select(static known => $"{new OperatorName(known.Url, known.Address)}")] : null,
        Wallet = _folder.TenantKeystore,
        PassphraseFile = _folder.PassphraseFile,
        OperatorWallet = _folder.OperatorKeystore(First.Name),
        OperatorPassphraseFile = _folder.PassphraseFile,
        Chain = _chain is null ? null : _folder.ChainFile,
        ChainRpc = _chain?.Url.ToString(),
    };

    private LocalOperator First => _operators.Count > 0 ? _operators[0] : throw new InvalidOperationException("The grid has not started.");

    /// <param name="reached">Told of each step.</param>
    /// <exception cref="GridException">A program does not start; the message says where its log is. Nothing is left behind then either.</exception>
    public static async Task<LocalGrid> StartAsync(LocalGridOptions options, Action<string, string> reached, CancellationToken cancellation)
    {
        var grid = new LocalGrid(options, FolderOf(options));
        try
        {
            // Of a kept grid whose launcher was killed, something may still be on its way out.
            if (grid._isComplete) Leftovers.Kill(grid.DataFolder);
            var keys = LocalKeys.In(grid._folder);
            await grid.OpenKeysAsync(keys, cancellation);
            reached("keys", $"operator {string.Join(", ", grid.Operators.Select(static known => known.Address))}");
            if (options.HasChain) await grid.StartChainAsync(keys, reached, cancellation);
            // Operators that are gone on with serve at other addresses now.
            File.Delete(grid._folder.PeersFile);
            await Task.WhenAll(grid.Operators.Select(known => grid.StartSiloAsync(known, cancellation)));
            await File.WriteAllLinesAsync(grid._folder.PeersFile, grid.Operators.Select(static known => $"{known.Address}={known.Url}"), cancellation);
            reached("silo", string.Join(", ", grid.Operators.Select(static known => known.Url)));
            foreach (var node in grid._nodes) grid.StartNode(node);
            await grid.WaitForNodesAsync(cancellation);
            reached("nodes", $"{options.Providers} connected, each {grid._slice.CpuMillis}m CPU, {grid._slice.MemoryMib} MiB memory, {grid._slice.DiskMib} MiB disk");
            if (grid._isComplete) return grid;
            await grid.FundAsync(cancellation);
            reached("funded", $"{grid.Tenant.Address} with {options.DepositTokens} tokens at each operator");
            grid.Complete();
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

    /// <summary>Starts the first operator's silo, or starts it again at the same address on the same data.</summary>
    public Task StartSiloAsync(CancellationToken cancellation) => StartSiloAsync(First, cancellation);

    /// <summary>The same of any operator.</summary>
    public Task StartSiloAsync(LocalOperator known, CancellationToken cancellation) => known.StartAsync(_folder, _options, _chain, Tenant, cancellation);

    /// <summary>Starts a node, or starts it again on the same data.</summary>
    public void StartNode(LocalNode node)
    {
        node.Program?.Dispose();
        node.Program = ChildProgram.Start(node.Name, GridProgram.Node, NodeArguments.Of(_folder, _options, _chain, node.Profile, _slice, _operators), _folder.LogOf(node.Name));
    }

    /// <summary>As a power cut does: the node ends, and everything that it ran.</summary>
    public async Task KillAsync(LocalNode node)
    {
        await node.Program!.KillAsync();
        Leftovers.Kill(_folder.DataOf(node.Name));
    }

    /// <summary>A node's own identity, as a client of the operator: what it has earned lies in its account.</summary>
    public async Task<Wallet> OpenWalletAsync(LocalNode node) =>
        new(await Keystore.LoadAsync(_folder.NodeKeystore(node.Name), PassphraseSource.FromFile(_folder.PassphraseFile)));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.Program?.StopAsync() ?? Task.CompletedTask));
        await Task.WhenAll(_operators.Select(static known => known.StopAsync()));
        // It writes what it has before it ends: not one of those that are killed.
        if (_chain is not null) await _chain.DisposeAsync();
        Leftovers.Kill(_folder.Root);
        foreach (var node in _nodes) node.Program?.Dispose();
        foreach (var known in _operators) known.Dispose();
        _tenant?.Dispose();
        if (_isComplete) return;
        for (var attempt = 1; _folder.Remove() is not null && attempt < Limits.RemoveAttempts; attempt++) await Task.Delay(Limits.PollPause);
    }

    private static LocalGridFolder FolderOf(LocalGridOptions options) =>
        options is { IsKept: true, DataFolder: { } kept } && KeptGrid.In(kept) is not null
            ? LocalGridFolder.Open(Path.GetFullPath(kept))
            : LocalGridFolder.Create(options.DataFolder);

    /// <summary>From here on its folder holds a whole grid, to go on with.</summary>
    private void Complete()
    {
        if (!_options.IsKept) return;
        KeptGrid.Of(_options).Write(_folder.Root);
        _isComplete = true;
    }

    private async Task OpenKeysAsync(LocalKeys keys, CancellationToken cancellation)
    {
        var profiles = Enumerable.Range(0, _options.Providers).Select(ProviderProfile.Of).ToArray();
        var silos = Enumerable.Range(1, _options.Operators).Select(static number => number == 1 ? "silo" : $"silo{number}").ToArray();
        var operatorKeys = silos.Select(silo => keys.OpenAsync(_folder.OperatorKeystore(silo), cancellation)).ToArray();
        var tenantKey = keys.OpenAsync(_folder.TenantKeystore, cancellation);
        var nodeKeys = profiles.Select(profile => keys.OpenAsync(_folder.NodeKeystore(profile.Name), cancellation)).ToArray();
        _tenant = new Wallet(await tenantKey);
        for (var i = 0; i < silos.Length; i++) _operators.Add(new LocalOperator(silos[i], await operatorKeys[i]));
        for (var i = 0; i < profiles.Length; i++)
        {
            using var key = await nodeKeys[i];
            _nodes.Add(new LocalNode(profiles[i], new ProviderId(key.Address)));
        }
    }

    private async Task StartChainAsync(LocalKeys keys, Action<string, string> reached, CancellationToken cancellation)
    {
        _chain = await LocalChain.StartAsync(_folder, keys, _options.IsKept ? Limits.KeptStateSeconds : Limits.LocalStateSeconds, cancellation);
        reached("chain", $"{_chain.Url}, contracts in {_folder.ChainFile}");
        if (_isComplete) return;
        var nodes = new List<(string Name, PrivateKey Key)>();
        try
        {
            foreach (var node in _nodes) nodes.Add((node.Name, await keys.OpenAsync(_folder.NodeKeystore(node.Name), cancellation)));
            using var tenant = await keys.OpenAsync(_folder.TenantKeystore, cancellation);
            await _chain.PrepareAsync(_options, _operators, nodes, tenant, cancellation);
        }
        finally
        {
            foreach (var (_, key) in nodes) key.Dispose();
        }

        reached("staked", $"{_operators.Count} operators with {_options.BondTokens} tokens each, {_nodes.Count} nodes with {_options.StakeTokens}");
    }

    private async Task WaitForNodesAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.StartPatience);
        while (true)
        {
            var connected = (await Task.WhenAll(_operators.Select(known => ConnectedAsync(known, cancellation)))).Min();
            if (connected >= _options.Providers) return;
            if (_nodes.FirstOrDefault(node => node.Program!.HasExited) is { } dead) throw Died(dead.Program!);
            if (limit.IsCancellationRequested)
                throw new GridException(GridErrorKind.Unreachable, $"Only {connected} of {_options.Providers} nodes have connected within {Limits.StartPatience.TotalSeconds} s. Their logs were:\n{_nodes[0].Program!.LastLines()}");
            await Task.Delay(Limits.PollPause, cancellation);
        }
    }

    private static async Task<int> ConnectedAsync(LocalOperator known, CancellationToken cancellation) =>
        (await known.Client.ListProvidersAsync(cancellation: cancellation)).Providers.Count(static provider => provider.IsConnected);

    private Task FundAsync(CancellationToken cancellation) => Task.WhenAll(_operators.Select(known => FundAsync(known, cancellation)));

    private async Task FundAsync(LocalOperator known, CancellationToken cancellation)
    {
        if (_chain is not null)
        {
            await WaitForDepositAsync(known, cancellation);
            return;
        }

        var info = await known.Client.GetOperatorAsync(cancellation);
        var id = new Hash256(RandomNumberGenerator.GetBytes(Hash256.SizeBytes));
        var order = new FundOrder(known.Address, Tenant.Address, Money.FromTokens(_options.DepositTokens), id);
        await known.Client.FundAsync(order.Sign(known.Key, info.Domain()), cancellation);
    }

    /// <summary>A deposit counts when its block is final.</summary>
    private async Task WaitForDepositAsync(LocalOperator known, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.StartPatience);
        while ((await known.Client.GetAccountAsync(Tenant.Address, cancellation)).Available < Money.FromTokens(_options.DepositTokens))
        {
            if (limit.IsCancellationRequested)
                throw new GridException(GridErrorKind.Unreachable, $"{known.Name} does not see the tenant's deposit within {Limits.StartPatience.TotalSeconds} s. Its log was:\n{known.Silo.LastLines()}");
            await Task.Delay(Limits.PollPause, cancellation);
        }
    }

    internal static GridException Died(ChildProgram program) => new(GridErrorKind.Unreachable, $"{program.Name} ended at its start. The end of its log:\n{program.LastLines()}");
}

using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Chain.Ethereum.Development;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.Protocol;

namespace Grid.CommandLine.LocalGrids;

/// <summary>The chain of a local grid: a real EVM node, the grid's contracts on it, and what each party has to do there before the grid starts.</summary>
public sealed class LocalChain : IAsyncDisposable
{
    private static readonly UInt128 CoinsOfAParty = 100 * UInt128.Parse("1000000000000000000", System.Globalization.CultureInfo.InvariantCulture);

    private readonly LocalGridFolder _folder;
    private readonly int _stateSeconds;
    private readonly PrivateKey _treasurer;
    private readonly SortedDictionary<Address, ChainAccount> _accounts = [];
    private readonly List<MinedTransaction> _transactions = [];
    private AnvilProcess _anvil;

    private LocalChain(LocalGridFolder folder, AnvilProcess anvil, int stateSeconds, PrivateKey treasurer) =>
        (_folder, _anvil, _stateSeconds, _treasurer) = (folder, anvil, stateSeconds, treasurer);

    public Uri Url => _anvil.Url;

    public IChain Chain => _anvil.Chain;

    public bool HasExited => _anvil.HasExited;

    public ChainDeployment Deployment { get; private set; } = null!;

    /// <summary>The transactions that made the contracts.</summary>
    public IReadOnlyList<MinedTransaction> Contracts { get; private set; } = [];

    /// <summary>All that this process has sent, in order, and what each cost.</summary>
    public IReadOnlyList<MinedTransaction> Transactions => _transactions;

    /// <summary>Starts the node with the chain that it had, or with a new one and the contracts on it.</summary>
    /// <exception cref="GridException">The node is not installed or does not start.</exception>
    internal static async Task<LocalChain> StartAsync(LocalGridFolder folder, LocalKeys keys, int stateSeconds, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder.Chain);
        var treasurer = await keys.OpenAsync(folder.TreasurerKeystore, cancellation);
        var chain = new LocalChain(folder, await StartAnvilAsync(folder, port: 0, stateSeconds, cancellation), stateSeconds, treasurer);
        try
        {
            if (File.Exists(folder.ChainFile)) chain.Deployment = ChainDeploymentFile.Read(folder.ChainFile);
            else await chain.DeployAsync(cancellation);
            return chain;
        }
        catch
        {
            await chain.DisposeAsync();
            throw;
        }
    }

    /// <summary>As kill -9 does.</summary>
    public Task KillAsync() => _anvil.KillAsync();

    /// <summary>Starts the node again, at the same address, with the chain that it had.</summary>
    public async Task RestartAsync(CancellationToken cancellation)
    {
        var port = Url.Port;
        await _anvil.DisposeAsync();
        _anvil = await StartAnvilAsync(_folder, port, _stateSeconds, cancellation);
    }

    /// <summary>Everyone is ready for the grid to start: operators active, nodes staked, the tenant's money with each operator.</summary>
    internal async Task PrepareAsync(
        LocalGridOptions options,
        IReadOnlyList<LocalOperator> operators,
        IReadOnlyList<(string Name, PrivateKey Key)> nodes,
        PrivateKey tenant,
        CancellationToken cancellation)
    {
        var (bond, stake, deposit) = (Money.FromTokens(options.BondTokens), Money.FromTokens(options.StakeTokens), Money.FromTokens(options.DepositTokens));
        await FundAsync(
            [
                .. operators.Select(known => (known.Name, known.Address, bond)), .. nodes.Select(node => (node.Name, node.Key.Address, stake)),
                ("tenant", tenant.Address, new Money(2 * deposit.MicroUnits * operators.Count)),
            ],
            cancellation);
        var joined = Task.WhenAll(operators.Select(known => SendAsync(known.Key, Joining(known, bond), cancellation)));
        var staked = Task.WhenAll(nodes.Select(node => SendAsync(node.Key, Staking(node.Name, new ProviderId(node.Key.Address), stake), cancellation)));
        // Escrow takes a deposit with an operator that is active.
        await joined;
        await SendAsync(tenant, Depositing(tenant.Address, operators, deposit), cancellation);
        await staked;
        // Whoever owns a key sends with it from now on: an operator's silo, the tenant's commands.
        foreach (var address in _accounts.Keys.Where(address => address != _treasurer.Address).ToArray()) HandOver(address);
    }

    /// <summary>Gives every party coins for its gas, and tokens.</summary>
    private async Task FundAsync(IEnumerable<(string Name, Address Address, Money Tokens)> parties, CancellationToken cancellation)
    {
        var calls = new List<(string, ContractCall)>();
        foreach (var (name, address, tokens) in parties)
        {
            await _anvil.GiveAsync(address, CoinsOfAParty, cancellation);
            calls.Add(($"fund {name}", Deployment.Token.Transfer(address, tokens)));
        }

        await SendAsync(_treasurer, calls, cancellation);
    }

    private (string, ContractCall)[] Joining(LocalOperator known, Money bond) =>
    [
        ($"{known.Name}: approve bond", Deployment.Token.Approve(Deployment.Contracts.OperatorRegistry, bond)),
        ($"{known.Name}: join", Deployment.OperatorRegistry.Join(bond)),
        ($"{known.Name}: activate", Deployment.OperatorRegistry.Activate(known.Address)),
    ];

    private (string, ContractCall)[] Staking(string name, ProviderId node, Money stake) =>
    [
        ($"{name}: register", Deployment.ProviderRegistry.RegisterSelf(node)),
        ($"{name}: approve stake", Deployment.Token.Approve(Deployment.Contracts.ProviderRegistry, stake)),
        ($"{name}: stake", Deployment.ProviderRegistry.Stake(node, stake)),
    ];

    private (string, ContractCall)[] Depositing(Address payer, IReadOnlyCollection<LocalOperator> operators, Money each) =>
    [
        ("tenant: approve deposits", Deployment.Token.Approve(Deployment.Contracts.Escrow, new Money(each.MicroUnits * operators.Count))),
        .. operators.Select(known => ($"tenant: deposit with {known.Name}", Deployment.Escrow.Deposit(known.Address, payer, each))),
    ];

    /// <summary>Sends with a key that nobody else sends with.</summary>
    internal async Task<IReadOnlyList<MinedTransaction>> SendAsync(PrivateKey key, IEnumerable<(string Name, ContractCall Call)> calls, CancellationToken cancellation)
    {
        var mined = await AccountOf(key).SendAsync(calls, cancellation);
        lock (_transactions) _transactions.AddRange(mined);
        return mined;
    }

    /// <summary>Lets go of a key that its owner sends with from now on.</summary>
    internal void HandOver(Address address)
    {
        lock (_accounts)
        {
            if (_accounts.Remove(address, out var account)) account.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var account in _accounts.Values) account.Dispose();
        _treasurer.Dispose();
        await _anvil.DisposeAsync();
    }

    private static async Task<AnvilProcess> StartAnvilAsync(LocalGridFolder folder, int port, int stateSeconds, CancellationToken cancellation)
    {
        try
        {
            return await AnvilProcess.StartAsync(
                new AnvilOptions(
                    StateFile: Path.Combine(folder.Chain, "anvil.json"), LogFile: folder.LogOf("anvil"), Port: port,
                    BlockSeconds: Limits.LocalBlockSeconds, SlotsInAnEpoch: Limits.LocalSlotsInAnEpoch, StateSeconds: stateSeconds),
                cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or ChainException)
        {
            throw new GridException(GridErrorKind.Unreachable, $"{e.Message} Without a chain, money lies in each operator's own ledger: --ledger local", e);
        }
    }

    private async Task DeployAsync(CancellationToken cancellation)
    {
        await _anvil.GiveAsync(_treasurer.Address, CoinsOfAParty, cancellation);
        var (us, nobody) = (_treasurer.Address, default(Address));
        var plan = await DeploymentPlan.MakeAsync(Chain, us, ChainProfile.Development, governor: us, arbiter: us, treasury: us, nobody, cancellation);
        // An era that began before its operators did has too few witnesses, and holds up those behind it until its window is over.
        var planned = plan with { GenesisUnixSeconds = plan.GenesisUnixSeconds + Limits.GenesisAfterSeconds };
        var report = await AccountOf(_treasurer).DeployAsync(planned, cancellation);
        Deployment = report.Deployment;
        Contracts = report.Transactions;
        _transactions.AddRange(report.Transactions);
        ChainDeploymentFile.Write(_folder.ChainFile, Deployment);
    }

    private ChainAccount AccountOf(PrivateKey key)
    {
        lock (_accounts)
        {
            if (_accounts.TryGetValue(key.Address, out var account)) return account;
            account = new ChainAccount(Chain, key, Path.Combine(_folder.Chain, $"{key.Address}.json"));
            _accounts.Add(key.Address, account);
            return account;
        }
    }
}

using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Protocol;
using Grid.Tests.Ethereum.Anvil;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Contracts;

/// <summary>The grid's contracts on a real node that mines at once, and keys with coins and tokens.</summary>
internal sealed class ContractWorld : IAsyncDisposable
{
    public const int Operators = 5;

    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    private readonly Dictionary<Address, (PrivateKey Key, TransactionQueue Queue)> _senders = [];
    private int _sent;

    private ContractWorld(AnvilNode anvil, DeploymentReport report) => (Anvil, Report) = (anvil, report);

    public AnvilNode Anvil { get; }

    public DeploymentReport Report { get; }

    public ChainDeployment Grid => Report.Deployment;

    public IChain Chain => Anvil.Chain;

    /// <summary>Who deployed, and has all tokens at first.</summary>
    public PrivateKey Rich { get; } = AnvilNode.RichKey();

    public PrivateKey Tenant { get; } = KeyOf(0xB1);

    public PrivateKey Node { get; } = KeyOf(0xC1);

    /// <summary>Joined with equal bonds, in the order of their addresses.</summary>
    public IReadOnlyList<PrivateKey> OperatorKeys { get; } =
        [.. Enumerable.Range(1, Operators).Select(number => KeyOf((byte)(0xA0 + number))).OrderBy(key => key.Address)];

    public static QueuePolicy Policy { get; } = new(MaxFeePerGasCapWei: 1_000_000_000_000);

    public static async Task<ContractWorld> StartAsync(ChainProfile profile, params string[] anvilOptions)
    {
        var anvil = await AnvilNode.StartAsync(anvilOptions);
        await anvil.AskAsync("evm_setAutomine", "[true]");
        using var rich = AnvilNode.RichKey();
        var plan =
            await DeploymentPlan.MakeAsync(anvil.Chain, rich.Address, profile, rich.Address, rich.Address, rich.Address, default, s_token);
        using var queue = new TransactionQueue(anvil.Chain, new KeySigner(rich), new MemoryStore(), Policy, TimeProvider.System);
        var world = new ContractWorld(anvil, await new GridDeployer(anvil.Chain, queue, TimeProvider.System).DeployAsync(plan, s_token));
        foreach (var key in world.OperatorKeys) await world.FundAsync(key, Money.FromTokens(100_000));
        foreach (var key in (PrivateKey[])[world.Tenant, world.Node]) await world.FundAsync(key, Money.FromTokens(10_000));
        return world;
    }

    /// <summary>The first operators join and become active; all of them unless a test wants fewer.</summary>
    public async Task JoinAsync(Money bond, int count = Operators)
    {
        foreach (var key in OperatorKeys.Take(count))
        {
            await SendAsync(key, Grid.Token.Approve(Grid.Contracts.OperatorRegistry, bond));
            await SendAsync(key, Grid.OperatorRegistry.Join(bond));
        }

        await PassAsync(Grid.Windows.ActivationSeconds);
        foreach (var key in OperatorKeys.Take(count)) await SendAsync(Rich, Grid.OperatorRegistry.Activate(key.Address));
    }

    public async Task DepositAsync(PrivateKey payer, Address @operator, Money amount)
    {
        await SendAsync(payer, Grid.Token.Approve(Grid.Contracts.Escrow, amount));
        await SendAsync(payer, Grid.Escrow.Deposit(@operator, payer.Address, amount));
    }

    /// <returns>When it is mined.</returns>
    public async Task<MinedTransaction> SendAsync(PrivateKey key, ContractCall call)
    {
        var request = call.WithId(Keccak256.Hash(BitConverter.GetBytes(++_sent)));
        var run = new TransactionRun(Chain, QueueOf(key), TimeProvider.System);
        return (await run.RunAsync([new NamedRequest("call", request)], s_token))[0];
    }

    public Task<T> ReadAsync<T>(ContractRead<T> read) => Chain.ReadAsync(read, BlockTag.Latest, s_token);

    public async Task PassAsync(long seconds)
    {
        await Anvil.AskAsync("evm_increaseTime", $"[{seconds}]");
        await Anvil.MineAsync();
    }

    public async Task<long> NowAsync() => (long)(await Chain.GetBlockAsync(BlockTag.Latest, s_token))!.TimestampSeconds;

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, queue) in _senders.Values) queue.Dispose();
        foreach (var key in (PrivateKey[])[Rich, Tenant, Node, .. OperatorKeys]) key.Dispose();
        await Anvil.DisposeAsync();
    }

    public static PrivateKey KeyOf(byte number)
    {
        var bytes = new byte[32];
        bytes[^1] = number;
        return PrivateKey.FromBytes(bytes);
    }

    private async Task FundAsync(PrivateKey key, Money tokens)
    {
        await Anvil.AskAsync("anvil_setBalance", $"[\"{key.Address}\",\"0x8ac7230489e80000\"]");
        await SendAsync(Rich, Grid.Token.Transfer(key.Address, tokens));
    }

    private TransactionQueue QueueOf(PrivateKey key)
    {
        if (_senders.TryGetValue(key.Address, out var sender)) return sender.Queue;
        var queue = new TransactionQueue(Chain, new KeySigner(key), new MemoryStore(), Policy, TimeProvider.System);
        _senders.Add(key.Address, (key, queue));
        return queue;
    }
}

using System.Buffers.Binary;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Chain.Ethereum.Development;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Protocol;

namespace Grid.Bench.Gas;

/// <summary>A node of its own with the grid's contracts, five operators and a tenant. It mines each transaction at once.</summary>
internal sealed class BenchChain : IAsyncDisposable
{
    private const int OperatorCount = 5;

    private static readonly UInt128 s_coins = UInt128.Parse("1000000000000000000000");
    private static readonly Money s_bond = Money.FromTokens(100_000);

    private readonly AnvilProcess _anvil;
    private readonly Dictionary<Address, TransactionQueue> _queues = [];
    private ulong _sent;

    private BenchChain(AnvilProcess anvil) => _anvil = anvil;

    /// <summary>Has all tokens at first.</summary>
    public PrivateKey Owner { get; } = KeyOf(1);

    public PrivateKey Tenant { get; } = KeyOf(2);

    public IReadOnlyList<PrivateKey> Operators { get; } =
        [.. Enumerable.Range(0, OperatorCount).Select(number => KeyOf((byte)(10 + number)))];

    public ChainDeployment Grid { get; private set; } = null!;

    public static async Task<BenchChain> StartAsync(CancellationToken stop)
    {
        var chain = new BenchChain(await AnvilProcess.StartAsync(new AnvilOptions(IsTraced: true), stop));
        try
        {
            await chain.DeployAsync(stop);
            await chain.JoinAsync(stop);
            return chain;
        }
        catch
        {
            await chain.DisposeAsync();
            throw;
        }
    }

    /// <returns>The gas of the whole transaction.</returns>
    public async Task<ulong> SendAsync(PrivateKey sender, ContractCall call, CancellationToken stop) =>
        (await SendAllAsync(sender, [call], stop))[0].GasUsed;

    public Task<IReadOnlyList<MinedTransaction>> SendAllAsync(PrivateKey sender, IEnumerable<ContractCall> calls, CancellationToken stop) =>
        RunOf(sender).RunAsync([.. calls.Select(call => new NamedRequest("call", call.WithId(NextId())))], stop);

    /// <returns>The gas of a transaction that moves a coin and calls nothing.</returns>
    public async Task<ulong> SendCoinAsync(CancellationToken stop)
    {
        var request = new TransactionRequest(NextId(), Tenant.Address, default, ValueWei: 1);
        return (await RunOf(Owner).RunAsync([new NamedRequest("coin", request)], stop))[0].GasUsed;
    }

    public Task<ulong> ExecutionGasAsync(MinedTransaction transaction, CancellationToken stop) =>
        _anvil.ExecutionGasAsync(transaction.Hash, stop);

    public Task PassAsync(long seconds, CancellationToken stop) => _anvil.PassAsync(seconds, stop);

    public async Task<long> NowAsync(CancellationToken stop) =>
        (long)(await _anvil.Chain.GetBlockAsync(BlockTag.Latest, stop))!.TimestampSeconds;

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _queues.Values) queue.Dispose();
        foreach (var key in (PrivateKey[])[Owner, Tenant, .. Operators]) key.Dispose();
        await _anvil.DisposeAsync();
    }

    private async Task DeployAsync(CancellationToken stop)
    {
        foreach (var key in (PrivateKey[])[Owner, Tenant, .. Operators]) await _anvil.GiveAsync(key.Address, s_coins, stop);
        var plan = await DeploymentPlan.MakeAsync(
            _anvil.Chain, Owner.Address, ChainProfile.Standard, Owner.Address, Owner.Address, Owner.Address, existingToken: default, stop);
        Grid = (await new GridDeployer(_anvil.Chain, QueueOf(Owner), TimeProvider.System).DeployAsync(plan, stop)).Deployment;
    }

    private async Task JoinAsync(CancellationToken stop)
    {
        await SendAllAsync(Owner, Operators.Select(key => Grid.Token.Transfer(key.Address, s_bond)), stop);
        foreach (var key in Operators)
            await SendAllAsync(
                key, [Grid.Token.Approve(Grid.Contracts.OperatorRegistry, s_bond), Grid.OperatorRegistry.Join(s_bond)], stop);
        await PassAsync(Grid.Windows.ActivationSeconds, stop);
        await SendAllAsync(Owner, Operators.Select(key => Grid.OperatorRegistry.Activate(key.Address)), stop);
    }

    private TransactionRun RunOf(PrivateKey sender) => new(_anvil.Chain, QueueOf(sender), TimeProvider.System);

    private TransactionQueue QueueOf(PrivateKey key)
    {
        if (_queues.TryGetValue(key.Address, out var known)) return known;
        var policy = new QueuePolicy(MaxFeePerGasCapWei: 1_000_000_000_000);
        return _queues[key.Address] =
            new TransactionQueue(_anvil.Chain, new KeySigner(key), new ForgetfulStore(), policy, TimeProvider.System);
    }

    private Hash256 NextId()
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(number, ++_sent);
        return Keccak256.Hash(number);
    }

    private static PrivateKey KeyOf(byte number)
    {
        var bytes = new byte[Hash256.SizeBytes];
        bytes[^1] = number;
        return PrivateKey.FromBytes(bytes);
    }

    /// <summary>Nothing outlives this process, its node included.</summary>
    private sealed class ForgetfulStore : ITransactionStore
    {
        private TxQueueState? _state;

        public Task<TxQueueState?> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(_state);

        public Task SaveAsync(TxQueueState state, CancellationToken cancellationToken)
        {
            _state = state;
            return Task.CompletedTask;
        }
    }
}

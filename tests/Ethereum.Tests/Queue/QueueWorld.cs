using System.Buffers.Binary;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Queue;

/// <summary>One key's queue on a chain in memory, in a process that can be killed.</summary>
internal sealed class QueueWorld : IDisposable
{
    public static readonly QueuePolicy Policy = new(MaxFeePerGasCapWei: 1_000_000_000);

    private readonly PrivateKey _key = PrivateKey.FromBytes(Keccak256.Hash("the queue's key"u8).ToByteArray());
    private readonly IChain _seen;
    private TransactionQueue _queue;

    public QueueWorld(ITransactionStore? store = null, Func<ModelChain, IChain>? seenAs = null)
    {
        Store = store ?? new MemoryStore();
        _seen = new KillableChain(seenAs?.Invoke(Chain) ?? Chain, Killer);
        _queue = Start();
    }

    public ModelChain Chain { get; } = new();

    public ManualTime Time { get; } = new();

    public Killer Killer { get; } = new();

    public ITransactionStore Store { get; }

    /// <summary>What was acknowledged, or may have been stored.</summary>
    public HashSet<Hash256> Asked { get; } = [];

    public static TransactionRequest Request(int number)
    {
        var data = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(data, number);
        return new TransactionRequest(Keccak256.Hash(data), ModelChain.Contract, data);
    }

    public Task<EnqueueStatus> EnqueueAsync(TransactionRequest request) => _queue.EnqueueAsync(request, CancellationToken.None);

    public Task<TransactionStatus?> StatusAsync(TransactionRequest request) => _queue.StatusAsync(request.Id, CancellationToken.None);

    public Task PumpAsync() => _queue.PumpAsync(CancellationToken.None);

    public void Restart()
    {
        _queue.Dispose();
        _queue = Start();
    }

    /// <summary>As often as it takes: nothing goes wrong any more.</summary>
    public async Task SettleAsync()
    {
        Killer.Disarm();
        Chain.BaseFeeWei = 1000;
        for (var i = 0; i < 400 && (await Store.LoadAsync(CancellationToken.None))?.Open.IsEmpty == false; i++)
        {
            await PumpAsync();
            Chain.Mine(4);
            Time.Advance(Policy.ResendAfterMs);
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        _key.Dispose();
    }

    private TransactionQueue Start() => new(_seen, new KeySigner(_key), new KillableStore(Store, Killer), Policy, Time);
}

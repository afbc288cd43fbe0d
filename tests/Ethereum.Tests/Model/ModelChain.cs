using System.Collections.Immutable;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Tests.Ethereum.Model;

/// <summary>A chain in memory with a pool, where a test decides what is mined, dropped and taken back. Every transaction logs its calldata's hash.</summary>
internal sealed class ModelChain : IChain
{
    public const ulong ChainId = 31337;
    public const int FinalityDepth = 24;

    private readonly List<(BlockHeader Header, ImmutableArray<SignedTransaction> Transactions)> _blocks = [];
    private readonly SortedDictionary<ulong, SignedTransaction> _pool = [];
    private int _branches;

    public ModelChain() => Mine(0);

    public static Address Contract { get; } = Address.Parse("0x00000000000000000000000000000000000000cc");

    public UInt128 BaseFeeWei { get; set; } = 1000;

    /// <summary>Every distinct transaction that ever reached the network.</summary>
    public Dictionary<Hash256, SignedTransaction> EverSubmitted { get; } = [];

    public IEnumerable<SignedTransaction> Mined => _blocks.SelectMany(block => block.Transactions);

    public int PoolCount => _pool.Count;

    public BlockHeader Head => _blocks[^1].Header;

    public ulong FinalNumber => Head.Number < FinalityDepth ? 0 : Head.Number - FinalityDepth;

    public void Mine(int maxTransactions)
    {
        var picked = new List<SignedTransaction>();
        for (var nonce = NonceAt(ulong.MaxValue); picked.Count < maxTransactions && _pool.TryGetValue(nonce, out var next) && next.Transaction.Fees.MaxFeePerGasWei >= BaseFeeWei; nonce++)
        {
            picked.Add(next);
            _pool.Remove(nonce);
        }

        Append([.. picked]);
    }

    /// <summary>Another branch takes over, as long as the old one and empty; what it took back waits in the pool again, or is lost.</summary>
    public void Reorg(int depth, bool isReturnedToPool)
    {
        depth = (int)Math.Min((ulong)depth, Head.Number - FinalNumber);
        var removed = _blocks[^depth..];
        _blocks.RemoveRange(_blocks.Count - depth, depth);
        _branches++;
        for (var i = 0; i < depth; i++) Append([]);
        if (!isReturnedToPool) return;
        foreach (var transaction in removed.SelectMany(block => block.Transactions)) _pool.TryAdd(transaction.Transaction.Nonce, transaction);
    }

    public void DropPool() => _pool.Clear();

    /// <summary>One that the network had forgotten is heard of again.</summary>
    public void BringBack(SignedTransaction transaction)
    {
        if (transaction.Transaction.Nonce >= NonceAt(ulong.MaxValue)) _pool.TryAdd(transaction.Transaction.Nonce, transaction);
    }

    public LogEntry[] LogsOf(int index) => [.. _blocks[index].Transactions.Select((transaction, i) => Log(transaction, _blocks[index].Header.Ref, i))];

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => Task.FromResult(ChainId);

    public Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        var number = Number(tag);
        return Task.FromResult(number < (ulong)_blocks.Count ? _blocks[(int)number].Header : null);
    }

    public Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BlockHeader>>([.. _blocks.Skip((int)first).Take(count).Select(block => block.Header)]);

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LogEntry>>([.. Enumerable.Range(0, _blocks.Count).Where(i => (ulong)i >= first && (ulong)i <= last).SelectMany(LogsOf).Where(filter.Matches)]);

    public Task<IReadOnlyList<LogEntry>> GetLogsOfBlockAsync(BlockRef block, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LogEntry>>(LogsOf((int)block.Number));

    public Task<IReadOnlyList<TransactionReceipt>> GetReceiptsAsync(IReadOnlyList<Hash256> transactions, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TransactionReceipt>>([.. _blocks.SelectMany(block => block.Transactions
            .Where(mined => transactions.Contains(mined.Hash))
            .Select(mined => new TransactionReceipt(mined.Hash, default, block.Header.Ref, true, 21_000, BaseFeeWei, null, [])))]);

    public Task<CallResult> CallAsync(ChainCall call, BlockTag at, CancellationToken cancellationToken) => Task.FromResult(new CallResult(call.Data));

    public Task<GasEstimate> EstimateGasAsync(ChainCall call, CancellationToken cancellationToken) =>
        Task.FromResult(call.Data.IsEmpty ? new GasEstimate(0, new Revert(default, "no data")) : new GasEstimate(100_000));

    public Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken) => Task.FromResult(NonceAt(Number(at)));

    public Task<FeeData> GetFeesAsync(CancellationToken cancellationToken) => Task.FromResult(new FeeData(BaseFeeWei, 10));

    public Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        EverSubmitted[transaction.Hash] = transaction;
        return Task.FromResult(new Submission(Take(transaction)));
    }

    private SubmissionStatus Take(SignedTransaction transaction)
    {
        var (nonce, fees) = (transaction.Transaction.Nonce, transaction.Transaction.Fees);
        if (nonce < NonceAt(ulong.MaxValue)) return SubmissionStatus.NonceTooLow;
        if (fees.MaxFeePerGasWei < BaseFeeWei) return SubmissionStatus.Underpriced;
        if (_pool.TryGetValue(nonce, out var there))
        {
            if (there.Hash == transaction.Hash) return SubmissionStatus.AlreadyKnown;
            if (fees.MaxFeePerGasWei * 100 < there.Transaction.Fees.MaxFeePerGasWei * 110) return SubmissionStatus.Underpriced;
        }

        _pool[nonce] = transaction;
        return SubmissionStatus.Accepted;
    }

    private void Append(ImmutableArray<SignedTransaction> transactions)
    {
        var number = (ulong)_blocks.Count;
        var parent = _blocks.Count == 0 ? Hash256.Zero : Head.Hash;
        var hash = Keccak256.Hash(Encoding.UTF8.GetBytes($"{number} {_branches} {parent} {string.Join(' ', transactions.Select(transaction => transaction.Hash))}"));
        var reference = new BlockRef(number, hash);
        var bloom = LogsBloom.Over(transactions.Select((transaction, i) => Log(transaction, reference, i)));
        _blocks.Add((new BlockHeader(number, hash, parent, number, BaseFeeWei, bloom), transactions));
    }

    private static LogEntry Log(SignedTransaction transaction, BlockRef block, int index) =>
        new(Contract, [Keccak256.Hash(transaction.Transaction.Data.Span)], default, block, transaction.Hash, (ulong)index);

    private ulong Number(BlockTag tag) => tag.IsNumber ? tag.Number : tag == BlockTag.Latest ? Head.Number : FinalNumber;

    private ulong NonceAt(ulong number) => (ulong)_blocks.Where(block => block.Header.Number <= number).Sum(block => block.Transactions.Length);
}

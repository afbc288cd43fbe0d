using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Following;
using Grid.Chain.Ethereum.Transactions;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Following;

/// <summary>A reader that keeps what the follower gives it, on a chain that changes and a server that errs.</summary>
internal sealed class FollowWorld : IDisposable
{
    private readonly PrivateKey _key = PrivateKey.FromBytes(Keccak256.Hash("a sender"u8).ToByteArray());
    private readonly BlockFollower _follower;
    private int _sent;

    public FollowWorld(ulong confirmations = 0, int pageBlocks = 10)
    {
        Server = new ErringChain(Chain);
        Cursor = ChainCursor.After(Chain.Head.Ref);
        _follower = new BlockFollower(Server, new FollowOptions(Filter, confirmations, pageBlocks));
    }

    public static LogFilter Filter { get; } = new([ModelChain.Contract], []);

    public ModelChain Chain { get; } = new();

    public ErringChain Server { get; }

    public ChainCursor Cursor { get; private set; }

    /// <summary>Blocks and logs as the reader has them.</summary>
    public List<BlockRef> Blocks { get; } = [];

    public List<LogEntry> Logs { get; } = [];

    /// <summary>Mines a block with some transactions, each of which logs.</summary>
    public async Task MineAsync(int transactions)
    {
        for (var i = 0; i < transactions; i++)
        {
            var nonce = await Chain.GetNonceAsync(default, BlockTag.Latest, CancellationToken.None) + (ulong)Chain.PoolCount;
            var transaction = new Eip1559Transaction(ModelChain.ChainId, nonce, new Fees(1_000_000, 1), 21_000, ModelChain.Contract, 0, BitConverter.GetBytes(_sent++));
            await Chain.SubmitAsync(SignedTransaction.Sign(transaction, _key), CancellationToken.None);
        }

        Chain.Mine(transactions);
    }

    public async Task<FollowResult> StepAsync()
    {
        var result = await _follower.StepAsync(Cursor, CancellationToken.None);
        switch (result)
        {
            case FollowResult.Advanced advanced:
                Blocks.AddRange(advanced.Blocks.Select(block => block.Ref));
                Logs.AddRange(advanced.Logs);
                break;
            case FollowResult.RolledBack back:
                Assert.Equal(back.Removed, Blocks.AsEnumerable().Reverse().Take(back.Removed.Length));
                Blocks.RemoveRange(Blocks.Count - back.Removed.Length, back.Removed.Length);
                Logs.RemoveAll(log => back.Removed.Contains(log.Block));
                break;
        }

        Cursor = result.Cursor;
        return result;
    }

    public async Task CatchUpAsync()
    {
        while (await StepAsync() is not FollowResult.UpToDate)
        {
        }
    }

    /// <summary>All logs of the chain up to a block.</summary>
    public LogEntry[] LogsUpTo(ulong number) => [.. Enumerable.Range(0, (int)number + 1).SelectMany(Chain.LogsOf)];

    public void Dispose() => _key.Dispose();
}

/// <summary>A server that gives wrong answers when it is told to.</summary>
internal sealed class ErringChain(IChain inner) : PassingChain(inner)
{
    public Func<IReadOnlyList<LogEntry>, IReadOnlyList<LogEntry>>? Logs { get; set; }

    public Func<IReadOnlyList<BlockHeader>, IReadOnlyList<BlockHeader>>? Headers { get; set; }

    /// <summary>How many blocks its head is behind.</summary>
    public ulong LagBlocks { get; set; }

    public int MaxLogRange { get; set; } = int.MaxValue;

    public override async Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        if (LagBlocks == 0 || tag.IsNumber) return await base.GetBlockAsync(tag, cancellationToken);
        var head = await base.GetBlockAsync(tag, cancellationToken);
        return await base.GetBlockAsync(BlockTag.At(head!.Number - Math.Min(head.Number, LagBlocks)), cancellationToken);
    }

    public override async Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken)
    {
        var headers = await base.GetBlocksAsync(first, count, cancellationToken);
        return Headers?.Invoke(headers) ?? headers;
    }

    public override async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken)
    {
        if (last - first >= (ulong)MaxLogRange) throw new ChainException(ChainFault.Refused, "query returned more than 10000 results");
        var logs = await base.GetLogsAsync(filter, first, last, cancellationToken);
        return Logs?.Invoke(logs) ?? logs;
    }
}

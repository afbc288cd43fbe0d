using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Tests.Ethereum.Model;

/// <summary>The process ends here.</summary>
internal sealed class KilledException : Exception;

/// <summary>Kills the process at one of its effects: before it, or right after it.</summary>
internal sealed class Killer
{
    private int _effectsLeft = int.MaxValue;
    private bool _isAfter;

    public int Effects { get; private set; }

    public void Arm(int effects, bool isAfter)
    {
        _effectsLeft = effects;
        _isAfter = isAfter;
    }

    public void Disarm() => _effectsLeft = int.MaxValue;

    public async Task<T> AroundAsync<T>(Func<Task<T>> effect)
    {
        Effects++;
        var isNow = --_effectsLeft == 0;
        if (isNow && !_isAfter) throw new KilledException();
        var result = await effect();
        return isNow ? throw new KilledException() : result;
    }
}

/// <summary>A store that survives the process.</summary>
internal sealed class KillableStore(ITransactionStore inner, Killer killer) : ITransactionStore
{
    public Task<TxQueueState?> LoadAsync(CancellationToken cancellationToken) => inner.LoadAsync(cancellationToken);

    public Task SaveAsync(TxQueueState state, CancellationToken cancellationToken) => killer.AroundAsync(async () =>
    {
        await inner.SaveAsync(state, cancellationToken);
        return true;
    });
}

internal sealed class MemoryStore : ITransactionStore
{
    public TxQueueState? State { get; private set; }

    public Task<TxQueueState?> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(State);

    public Task SaveAsync(TxQueueState state, CancellationToken cancellationToken)
    {
        State = state;
        return Task.CompletedTask;
    }
}

/// <summary>Passes everything on; a test changes what it wants to be wrong.</summary>
internal class PassingChain(IChain inner) : IChain
{
    public virtual Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => inner.GetChainIdAsync(cancellationToken);

    public virtual Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) => inner.GetBlockAsync(tag, cancellationToken);

    public virtual Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken) => inner.GetBlocksAsync(first, count, cancellationToken);

    public virtual Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken) => inner.GetLogsAsync(filter, first, last, cancellationToken);

    public virtual Task<IReadOnlyList<LogEntry>> GetLogsOfBlockAsync(BlockRef block, CancellationToken cancellationToken) => inner.GetLogsOfBlockAsync(block, cancellationToken);

    public virtual Task<IReadOnlyList<TransactionReceipt>> GetReceiptsAsync(IReadOnlyList<Hash256> transactions, CancellationToken cancellationToken) => inner.GetReceiptsAsync(transactions, cancellationToken);

    public virtual Task<CallResult> CallAsync(ChainCall call, BlockTag at, CancellationToken cancellationToken) => inner.CallAsync(call, at, cancellationToken);

    public virtual Task<GasEstimate> EstimateGasAsync(ChainCall call, CancellationToken cancellationToken) => inner.EstimateGasAsync(call, cancellationToken);

    public virtual Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken) => inner.GetNonceAsync(account, at, cancellationToken);

    public virtual Task<FeeData> GetFeesAsync(CancellationToken cancellationToken) => inner.GetFeesAsync(cancellationToken);

    public virtual Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken) => inner.SubmitAsync(transaction, cancellationToken);
}

internal sealed class KillableChain(IChain inner, Killer killer) : PassingChain(inner)
{
    public override Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken) =>
        killer.AroundAsync(() => base.SubmitAsync(transaction, cancellationToken));
}

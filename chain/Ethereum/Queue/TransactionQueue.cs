using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Signing;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum.Queue;

public enum EnqueueStatus
{
    /// <summary>Stored: it will be sent, also after a crash.</summary>
    Accepted,

    /// <summary>This id was asked for before; nothing changed.</summary>
    AlreadyKnown,

    /// <summary>This id was asked for before, with another content.</summary>
    Conflict,

    /// <summary><see cref="Limits.MaxOpenTransactions"/> wait; ask again later.</summary>
    Full,
}

/// <summary>Of a transaction that was asked for: <see cref="Open"/> while it may still change, <see cref="Closed"/> when it is final.</summary>
public sealed record TransactionStatus(OpenTransaction? Open, ClosedTransaction? Closed);

/// <summary>
/// The only way out for transactions of one key. It starts nothing by itself: the owner calls <see cref="PumpAsync"/> on its own
/// cadence, and every call finds and repairs what is due. Every change is stored before its effect. One key, one queue.
/// </summary>
public sealed class TransactionQueue(IChain chain, ISigner signer, ITransactionStore store, QueuePolicy policy, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TxQueueState? _state;

    public async Task<EnqueueStatus> EnqueueAsync(TransactionRequest request, CancellationToken cancellationToken)
    {
        if (request.Data.Length > Limits.MaxCalldataBytes)
            throw new ArgumentException($"{request.Data.Length} bytes of data; a transaction takes at most {Limits.MaxCalldataBytes}.", nameof(request));
        using var turn = await TakeTurnAsync(cancellationToken);
        var state = await StateAsync(cancellationToken);
        if (state.Open.FirstOrDefault(open => open.Id == request.Id) is { } known)
            return known.Request == request ? EnqueueStatus.AlreadyKnown : EnqueueStatus.Conflict;
        if (state.Closed.Any(closed => closed.Id == request.Id)) return EnqueueStatus.AlreadyKnown;
        if (state.Open.Length >= Limits.MaxOpenTransactions) return EnqueueStatus.Full;
        await ApplyAsync(new TxEvent.Enqueued(request), cancellationToken);
        return EnqueueStatus.Accepted;
    }

    /// <returns>Null for an id that was never asked for, or whose outcome is no longer kept.</returns>
    public async Task<TransactionStatus?> StatusAsync(Hash256 id, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        var state = await StateAsync(cancellationToken);
        if (state.Open.FirstOrDefault(open => open.Id == id) is { } open) return new TransactionStatus(open, null);
        return state.Closed.FirstOrDefault(closed => closed.Id == id) is { } closed ? new TransactionStatus(null, closed) : null;
    }

    /// <summary>Looks at the chain once and does all that is due.</summary>
    /// <exception cref="ChainException">The chain or the signer was not to be had; call again later.</exception>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        var state = await StateAsync(cancellationToken);
        if (state.Open.IsEmpty) return;
        var view = await ViewAsync(state, cancellationToken);
        await ApplyAsync(new TxEvent.Observed(view, NowMs, policy.StuckAfterMs), cancellationToken);
        for (var i = 0; i < Limits.MaxActionsPerPump && TxPlan.Next(_state!, view, policy, NowMs) is { } action; i++) await DoAsync(action, cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task DoAsync(TxAction action, CancellationToken cancellationToken) => action switch
    {
        TxAction.Bind bind => BindAsync(bind, cancellationToken),
        TxAction.Sign sign => SignAsync(sign, cancellationToken),
        TxAction.Submit submit => SubmitAsync(submit, cancellationToken),
        _ => throw new InvalidOperationException($"{action.GetType().Name} is no action of the queue."),
    };

    private async Task BindAsync(TxAction.Bind bind, CancellationToken cancellationToken)
    {
        var (request, gas) = (bind.Transaction.Request, bind.Transaction.Request.GasLimit);
        if (gas == 0)
        {
            var estimate = await chain.EstimateGasAsync(new ChainCall(signer.Address, request.To, request.Data, request.ValueWei), cancellationToken);
            if (estimate.Revert is { } revert)
            {
                // Behind others it may only be waiting for their effect.
                var reason = $"it would revert: {revert.Message} {HexText.Encode(revert.Data.Span[..Math.Min(Limits.MaxQuotedChars, revert.Data.Length)])}";
                await ApplyAsync(
                    bind.IsFirstInLine ? new TxEvent.Refused(request.Id, reason) : new TxEvent.Postponed(request.Id, reason, NowMs + policy.ResendAfterMs), cancellationToken);
                return;
            }

            gas = WithReserve(estimate.Gas);
        }

        await ApplyAsync(new TxEvent.Bound(request.Id, bind.Nonce, gas), cancellationToken);
    }

    // A transaction that fits the protocol's limit must not be lost to its reserve.
    private ulong WithReserve(ulong gas) => Math.Max(gas, Math.Min(checked(gas + gas * policy.GasReservePercent / 100), Limits.MaxTransactionGas));

    private async Task SignAsync(TxAction.Sign sign, CancellationToken cancellationToken)
    {
        var (bound, request) = (sign.Transaction, sign.Transaction.Request);
        var transaction = new Eip1559Transaction(_state!.ChainId, bound.Nonce!.Value, sign.Fees, bound.GasLimit, request.To, request.ValueWei, request.Data);
        var signed = await signer.SignAsync(transaction, cancellationToken);
        await ApplyAsync(
            new TxEvent.Signed(request.Id, new Attempt(signed.Hash, sign.Fees, signed.Raw, NowMs, 0, SubmissionStatus.OutcomeUnknown)), cancellationToken);
    }

    private async Task SubmitAsync(TxAction.Submit submit, CancellationToken cancellationToken)
    {
        var answer = await chain.SubmitAsync(SignedTransaction.Decode(submit.Attempt.Raw), cancellationToken);
        await ApplyAsync(new TxEvent.Submitted(submit.Transaction.Id, answer, NowMs), cancellationToken);
    }

    private async Task<ChainView> ViewAsync(TxQueueState state, CancellationToken cancellationToken)
    {
        var final = await chain.GetBlockAsync(BlockTag.Finalized, cancellationToken)
            ?? throw new ChainException(ChainFault.Refused, "The chain has no finalized block.");
        var finalNonce = await NonceAtAsync(state.Sender, final.Number, cancellationToken);
        var latestNonce = await chain.GetNonceAsync(state.Sender, BlockTag.Latest, cancellationToken);
        var fees = await chain.GetFeesAsync(cancellationToken);
        var receipts = await chain.GetReceiptsAsync([.. state.Open.SelectMany(open => open.Attempts).Select(attempt => attempt.Hash)], cancellationToken);
        return new ChainView(final.Number, finalNonce, latestNonce, fees, [.. receipts]);
    }

    private async Task<ulong?> NonceAtAsync(Address sender, ulong number, CancellationToken cancellationToken)
    {
        try
        {
            return await chain.GetNonceAsync(sender, BlockTag.At(number), cancellationToken);
        }
        catch (ChainException e) when (e.Fault == ChainFault.Refused)
        {
            // Many nodes forget the state of blocks that old. Receipts still tell what is final; only a displaced one can't be told.
            return null;
        }
    }

    private async Task<TxQueueState> StateAsync(CancellationToken cancellationToken)
    {
        if (_state is not null) return _state;
        var chainId = await chain.GetChainIdAsync(cancellationToken);
        var state = await store.LoadAsync(cancellationToken) ?? TxQueueState.Empty(chainId, signer.Address);
        if (state.ChainId != chainId || state.Sender != signer.Address)
            throw new InvalidOperationException(
                $"The stored queue is that of {state.Sender} on chain {state.ChainId}, not of {signer.Address} on chain {chainId}. Give each key and chain a store of its own.");
        return _state = state;
    }

    private async Task ApplyAsync(TxEvent happened, CancellationToken cancellationToken)
    {
        var (before, after) = (_state!, TxQueue.After(_state!, happened));
        if (before == after) return;
        // Until it is known to be stored nothing is known: a failed save is followed by a load.
        _state = null;
        await store.SaveAsync(after, cancellationToken);
        _state = after;
    }

    private async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    private readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}

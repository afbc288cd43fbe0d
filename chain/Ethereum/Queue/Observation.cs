namespace Grid.Chain.Ethereum.Queue;

/// <summary>What a look at the chain changes in the queue.</summary>
internal static class Observation
{
    /// <summary>A view that has not even reached what is final: a node that lags, or another chain.</summary>
    public static bool IsStale(TxQueueState state, ChainView view) =>
        view.LatestNonce < state.FinalNonce || view.FinalNonce < state.FinalNonce || view.LatestNonce < view.FinalNonce;

    public static TxQueueState Apply(TxQueueState state, TxEvent.Observed observed)
    {
        if (IsStale(state, observed.View)) return state;
        foreach (var transaction in state.Open.Where(transaction => transaction.Nonce is not null)) state = Look(state, transaction, observed);
        return state with { FinalNonce = Math.Max(state.FinalNonce, observed.View.FinalNonce ?? 0) };
    }

    private static TxQueueState Look(TxQueueState state, OpenTransaction transaction, TxEvent.Observed observed)
    {
        var receipt = observed.View.Receipts.FirstOrDefault(receipt => transaction.Attempts.Any(attempt => attempt.Hash == receipt.Transaction));
        if (receipt is null) return Missing(state, transaction, observed);
        var mined = new Inclusion(receipt.Transaction, receipt.Block, receipt.Succeeded);
        // Both must say so: a node whose finality ran ahead of its receipts would close what a reorg can still take.
        if (receipt.Block.Number > observed.View.FinalNumber || transaction.Nonce >= observed.View.FinalNonce)
            return Update(state, transaction, transaction with { Mined = mined, MissingSinceMs = 0, Problem = "" });
        state = state with { FinalNonce = Math.Max(state.FinalNonce, transaction.Nonce!.Value + 1) };
        var outcome = receipt.Succeeded ? TransactionOutcome.Succeeded : TransactionOutcome.Reverted;
        return TxQueue.Close(state, transaction, new ClosedTransaction(transaction.Id, outcome, mined, ""));
    }

    private static TxQueueState Missing(TxQueueState state, OpenTransaction transaction, TxEvent.Observed observed)
    {
        // Nothing was ever signed with this nonce, so another does no harm.
        if (transaction.Attempts.IsEmpty && transaction.Nonce < observed.View.LatestNonce) return Update(state, transaction, transaction with { Nonce = null });
        if (observed.View.FinalNonce is not { } finalNonce || transaction.Nonce >= finalNonce)
            return Update(state, transaction, NotMined(transaction));
        // The nonce is used for good. A node may be late with receipts, so the verdict waits; and it is the caller's what to do then.
        if (transaction.MissingSinceMs == 0)
            return Update(state, transaction, transaction with { Mined = null, MissingSinceMs = observed.NowMs, Problem = "its nonce is used, no receipt is known" });
        if (observed.NowMs - transaction.MissingSinceMs < observed.StuckAfterMs) return state;
        return TxQueue.Close(state, transaction, new ClosedTransaction(
            transaction.Id, TransactionOutcome.Displaced, null, $"Nonce {transaction.Nonce} was used by a transaction that is none of its {transaction.Attempts.Length} attempts."));
    }

    // What a reorg took back may be in nobody's pool. It is due at once: the gas of what comes next is estimated on top of it.
    private static OpenTransaction NotMined(OpenTransaction transaction) => transaction.Mined is null
        ? transaction with { MissingSinceMs = 0 }
        : transaction with
        {
            Attempts = transaction.Attempts.SetItem(transaction.Attempts.Length - 1, transaction.Attempts[^1] with { SentAtMs = 0 }),
            Mined = null,
            MissingSinceMs = 0,
        };

    private static TxQueueState Update(TxQueueState state, OpenTransaction old, OpenTransaction changed) =>
        old == changed ? state : state with { Open = state.Open.Replace(old, changed) };
}

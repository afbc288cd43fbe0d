namespace Grid.Chain.Ethereum.Queue;

/// <summary>
/// What to do next, from nothing but the stored state and a look at the chain: whatever a crash interrupted is found again.
/// </summary>
public static class TxPlan
{
    /// <returns>Null when there is nothing to do now.</returns>
    public static TxAction? Next(TxQueueState state, ChainView view, QueuePolicy policy, long nowMs)
    {
        if (Observation.IsStale(state, view)) return null;
        var bound =
            state.Open.Where(transaction => transaction.Nonce >= view.LatestNonce && transaction.Mined is null).OrderBy(transaction => transaction.Nonce);
        foreach (var transaction in bound)
        {
            if (Step(transaction, view, policy, nowMs) is { } action) return action;
        }

        return NextBinding(state, view, nowMs);
    }

    /// <summary>The lowest nonce that is neither used nor promised: none is skipped, none is given twice.</summary>
    internal static ulong FreeNonce(TxQueueState state, ChainView view)
    {
        var nonce = Math.Max(view.LatestNonce, state.FinalNonce);
        while (state.Open.Any(transaction => transaction.Nonce == nonce)) nonce++;
        return nonce;
    }

    private static TxAction? Step(OpenTransaction transaction, ChainView view, QueuePolicy policy, long nowMs)
    {
        if (transaction.Attempts.IsEmpty) return new TxAction.Sign(transaction, FeeSchedule.First(view.Fees, policy.MaxFeePerGasCapWei));
        var newest = transaction.Attempts[^1];
        if (newest.SentAtMs == 0) return new TxAction.Submit(transaction, newest);
        if (IsTooCheap(transaction, newest, view, policy, nowMs) && transaction.Attempts.Length < Limits.MaxAttempts
            && FeeSchedule.Bump(newest.Fees, view.Fees, policy.MaxFeePerGasCapWei) is { } higher)
            return new TxAction.Sign(transaction, higher);
        return nowMs - newest.SentAtMs >= policy.ResendAfterMs ? new TxAction.Submit(transaction, newest) : null;
    }

    // Those behind the first in line wait for it, not for a better price.
    private static bool IsTooCheap(OpenTransaction transaction, Attempt newest, ChainView view, QueuePolicy policy, long nowMs)
    {
        var ageMs = nowMs - newest.SignedAtMs;
        if (newest.LastAnswer == SubmissionStatus.Underpriced && ageMs >= policy.ResendAfterMs) return true;
        var isItsTurn = transaction.Nonce == view.LatestNonce || newest.Fees.MaxFeePerGasWei < view.Fees.BaseFeePerGasWei;
        return isItsTurn && ageMs >= policy.StuckAfterMs;
    }

    private static TxAction.Bind? NextBinding(TxQueueState state, ChainView view, long nowMs)
    {
        var inFlight = state.Open.Count(transaction => transaction.Nonce >= view.LatestNonce && transaction.Mined is null);
        if (inFlight >= Limits.MaxInFlight) return null;
        var waiting = state.Open.FirstOrDefault(transaction => transaction.Nonce is null);
        // The order in which they were asked for is kept: a postponed one holds up those behind it.
        // What it waits for may be what was ahead of it: with nothing in flight any more it is looked at at once.
        if (waiting is null || (inFlight > 0 && waiting.NotBeforeMs > nowMs)) return null;
        return new TxAction.Bind(waiting, FreeNonce(state, view), inFlight == 0);
    }
}

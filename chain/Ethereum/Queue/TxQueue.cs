using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>
/// The rules of one key's queue, as a pure state machine. What keeps every request at most once: a nonce belongs to one request,
/// a request has one nonce, and the binding is stored before anything is signed; so all attempts exclude each other on the chain.
/// What keeps it at least once: whatever is not mined is sent again, at rising fees, until its nonce is used for good.
/// </summary>
public static class TxQueue
{
    public static TxQueueState After(TxQueueState state, TxEvent happened) => happened switch
    {
        TxEvent.Enqueued e => Enqueue(state, e.Request),
        TxEvent.Observed e => Observation.Apply(state, e),
        TxEvent.Bound e => Replace(state, e.Id, transaction => Bind(state, transaction, e)),
        TxEvent.Signed e => Replace(state, e.Id, transaction => Sign(transaction, e.Attempt)),
        TxEvent.Submitted e => Replace(state, e.Id, transaction => Submit(transaction, e)),
        TxEvent.Postponed e => Replace(state, e.Id, transaction => transaction with { NotBeforeMs = e.NotBeforeMs, Problem = e.Reason }),
        TxEvent.Refused e => Close(state, Find(state, e.Id), new ClosedTransaction(e.Id, TransactionOutcome.Refused, null, e.Reason)),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of the queue."),
    };

    internal static OpenTransaction Find(TxQueueState state, Hash256 id) =>
        state.Open.FirstOrDefault(transaction => transaction.Id == id) ?? throw new InvalidOperationException($"Transaction {id} is not open.");

    internal static TxQueueState Close(TxQueueState state, OpenTransaction transaction, ClosedTransaction outcome)
    {
        var closed = state.Closed.Length < Limits.MaxClosedTransactions ? state.Closed : state.Closed.RemoveAt(0);
        return state with { Open = state.Open.Remove(transaction), Closed = closed.Add(outcome) };
    }

    private static TxQueueState Enqueue(TxQueueState state, TransactionRequest request)
    {
        var isKnown = state.Open.Any(transaction => transaction.Id == request.Id) || state.Closed.Any(transaction => transaction.Id == request.Id);
        return isKnown ? state : state with { Open = state.Open.Add(OpenTransaction.Of(request)) };
    }

    private static TxQueueState Replace(TxQueueState state, Hash256 id, Func<OpenTransaction, OpenTransaction> change)
    {
        var transaction = Find(state, id);
        return state with { Open = state.Open.Replace(transaction, change(transaction)) };
    }

    private static OpenTransaction Bind(TxQueueState state, OpenTransaction transaction, TxEvent.Bound bound)
    {
        if (transaction.Nonce is { } nonce) throw new InvalidOperationException($"{transaction.Id} has nonce {nonce} already and gets no other.");
        if (bound.Nonce < state.FinalNonce || state.Open.Any(other => other.Nonce == bound.Nonce))
            throw new InvalidOperationException($"Nonce {bound.Nonce} is taken.");
        return transaction with { Nonce = bound.Nonce, GasLimit = bound.GasLimit, Problem = "" };
    }

    private static OpenTransaction Sign(OpenTransaction transaction, Attempt attempt)
    {
        var earlier = transaction.Attempts.Select(old => old with { Raw = default });
        return transaction with { Attempts = [.. earlier, attempt], Problem = "" };
    }

    private static OpenTransaction Submit(OpenTransaction transaction, TxEvent.Submitted submitted)
    {
        var isFine = submitted.Answer.Status is SubmissionStatus.Accepted or SubmissionStatus.AlreadyKnown;
        return transaction with
        {
            Attempts = transaction.Attempts.SetItem(transaction.Attempts.Length - 1, transaction.Attempts[^1] with { SentAtMs = submitted.NowMs, LastAnswer = submitted.Answer.Status }),
            Problem = isFine ? "" : $"{submitted.Answer.Status}: {submitted.Answer.Message}",
        };
    }
}

using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>All that the queue of one key must not forget. Stored before any of it has an effect.</summary>
/// <param name="FinalNonce">Nonces below it are used for good.</param>
/// <param name="Open">In the order in which they were asked for.</param>
/// <param name="Closed">The last <see cref="Limits.MaxClosedTransactions"/> outcomes, oldest first.</param>
public sealed record TxQueueState(ulong ChainId, Address Sender, ulong FinalNonce, ImmutableArray<OpenTransaction> Open, ImmutableArray<ClosedTransaction> Closed)
{
    public static TxQueueState Empty(ulong chainId, Address sender) => new(chainId, sender, 0, [], []);
}

/// <param name="Nonce">Bound for good: until the outcome is final, this request can be executed with this nonce only, so at most once.</param>
/// <param name="Attempts">The same transaction at rising fees; any of them may be the one that is mined.</param>
/// <param name="Mined">As last seen; a reorg takes it back.</param>
/// <param name="MissingSinceMs">Since when the nonce is used for good although no attempt has a receipt; 0: it is not.</param>
/// <param name="NotBeforeMs">When a postponed one is looked at again, unless nothing is ahead of it any more.</param>
/// <param name="Problem">For people: why it does not move; empty when it does.</param>
public sealed record OpenTransaction(
    TransactionRequest Request,
    ulong? Nonce,
    ulong GasLimit,
    ImmutableArray<Attempt> Attempts,
    Inclusion? Mined,
    long MissingSinceMs,
    long NotBeforeMs,
    string Problem)
{
    public Hash256 Id => Request.Id;

    public static OpenTransaction Of(TransactionRequest request) => new(request, null, request.GasLimit, [], null, 0, 0, "");
}

/// <param name="Raw">Only the newest attempt's: it is what is sent again.</param>
/// <param name="SignedAtMs">Unix time, as all times of the queue.</param>
/// <param name="SentAtMs">0: not sent yet, or taken back by a reorg since.</param>
/// <param name="LastAnswer">Of the node it was last sent to.</param>
public sealed record Attempt(Hash256 Hash, Fees Fees, ReadOnlyMemory<byte> Raw, long SignedAtMs, long SentAtMs, SubmissionStatus LastAnswer);

public sealed record Inclusion(Hash256 Transaction, BlockRef Block, bool Succeeded);

public enum TransactionOutcome
{
    Succeeded,

    /// <summary>Mined and paid for; the contract refused.</summary>
    Reverted,

    /// <summary>Never sent: its gas estimate reverted.</summary>
    Refused,

    /// <summary>
    /// Its nonce was used for good, and no receipt is known. It is never sent again by itself: the caller looks at the chain
    /// whether its effect is there, and asks again under another id if not.
    /// </summary>
    Displaced,
}

/// <param name="Mined">Of what was mined.</param>
public sealed record ClosedTransaction(Hash256 Id, TransactionOutcome Outcome, Inclusion? Mined, string Reason);

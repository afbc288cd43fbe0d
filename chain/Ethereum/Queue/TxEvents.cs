using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>What happened to the queue.</summary>
public abstract record TxEvent
{
    private TxEvent()
    {
    }

    public sealed record Enqueued(TransactionRequest Request) : TxEvent;

    public sealed record Observed(ChainView View, long NowMs, long StuckAfterMs) : TxEvent;

    public sealed record Bound(Hash256 Id, ulong Nonce, ulong GasLimit) : TxEvent;

    public sealed record Signed(Hash256 Id, Attempt Attempt) : TxEvent;

    public sealed record Submitted(Hash256 Id, Submission Answer, long NowMs) : TxEvent;

    public sealed record Postponed(Hash256 Id, string Reason, long NotBeforeMs) : TxEvent;

    public sealed record Refused(Hash256 Id, string Reason) : TxEvent;
}

/// <summary>What is to be done next.</summary>
public abstract record TxAction
{
    private TxAction()
    {
    }

    /// <summary>Find out what gas it needs, then bind it to this nonce.</summary>
    public sealed record Bind(OpenTransaction Transaction, ulong Nonce, bool IsFirstInLine) : TxAction;

    public sealed record Sign(OpenTransaction Transaction, Transactions.Fees Fees) : TxAction;

    public sealed record Submit(OpenTransaction Transaction, Attempt Attempt) : TxAction;
}

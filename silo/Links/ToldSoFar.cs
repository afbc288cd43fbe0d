using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Silo.Links;

/// <summary>What one session has told its node of one lease, so that a directive is sent once and only as far as it is new.</summary>
/// <param name="PaidThroughSeconds">The highest that the node has; it says so itself when it connects.</param>
/// <param name="Countersigned">The receipt whose countersignature was sent last.</param>
internal sealed record ToldSoFar(bool IsOpen, long PaidThroughSeconds, bool IsClosed, Signed<Receipt>? Countersigned, bool IsReleased)
{
    public static ToldSoFar Nothing { get; } = new(false, 0, false, null, false);

    /// <summary>The messages that a directive still owes the node, and what it knows after them.</summary>
    /// <param name="receipt">The receipt that the directive answers.</param>
    /// <param name="token">Of the node's acceptance; null where this session has not seen it.</param>
    /// <param name="phase">Where the lease stands at the node.</param>
    public (IReadOnlyList<ControlMessage> Messages, ToldSoFar After) Next(
        LeaseId lease, LeaseDirective directive, Signed<Receipt>? receipt, FencingToken? token, NodeLeasePhase phase)
    {
        var messages = new List<ControlMessage>();
        var after = WithOpening(directive, phase, messages).WithPaidThrough(directive, phase, messages).WithCountersignature(directive, receipt, messages);
        after = after.WithClose(directive, messages);

        // An acceptance that is not opened yet just waits for its expiry.
        var mayForget = directive.IsSettled || (!directive.IsKnown && phase != NodeLeasePhase.Accepted);
        return (messages, mayForget ? after.WithRelease(lease, token, messages) : after);
    }

    private static bool IsEnding(LeaseDirective directive) => directive.CloseCommand is not null || directive.IsSettled;

    private ToldSoFar WithOpening(LeaseDirective directive, NodeLeasePhase phase, List<ControlMessage> messages)
    {
        if (IsOpen || phase != NodeLeasePhase.Accepted || IsEnding(directive)) return this;
        if (directive is not { Opening: { } opening, PaidThrough: { } paidThrough }) return this;
        messages.Add(new Open(opening, paidThrough));
        return this with { IsOpen = true, PaidThroughSeconds = paidThrough.Value.Seconds };
    }

    private ToldSoFar WithPaidThrough(LeaseDirective directive, NodeLeasePhase phase, List<ControlMessage> messages)
    {
        if (directive.PaidThrough is not { } paidThrough || paidThrough.Value.Seconds <= PaidThroughSeconds) return this;
        if (phase == NodeLeasePhase.Ended || IsEnding(directive)) return this;
        messages.Add(new ExtendPaidThrough(paidThrough));
        return this with { PaidThroughSeconds = paidThrough.Value.Seconds };
    }

    private ToldSoFar WithCountersignature(LeaseDirective directive, Signed<Receipt>? receipt, List<ControlMessage> messages)
    {
        if (receipt is null || directive.Countersignature is not { } signature || Countersigned == receipt) return this;
        messages.Add(new ReceiptCountersigned(receipt.Value.Lease, receipt.Value.Seconds, signature));
        return this with { Countersigned = receipt };
    }

    private ToldSoFar WithClose(LeaseDirective directive, List<ControlMessage> messages)
    {
        if (IsClosed || directive.CloseCommand is not { } close || directive.IsSettled) return this;
        messages.Add(new CloseLease(close));
        return this with { IsClosed = true };
    }

    private ToldSoFar WithRelease(LeaseId lease, FencingToken? token, List<ControlMessage> messages)
    {
        if (IsReleased || token is not { } known) return this;
        messages.Add(new Release(lease, known));
        return this with { IsReleased = true };
    }
}

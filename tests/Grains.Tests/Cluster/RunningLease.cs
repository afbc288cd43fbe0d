using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Tests.Grains.Cluster;

/// <summary>One lease as its node keeps it.</summary>
internal sealed class RunningLease(LeaseProposal proposal, Signed<Acceptance> acceptance)
{
    private long? _startedAt;
    private long _paidThrough;
    private long? _stoppedAfter;
    private Signed<Receipt>? _unanswered;
    private Receipt? _last;

    public LeaseId Id => proposal.Lease;

    public LeaseProposal Proposal => proposal;

    public Signed<Acceptance> Acceptance => acceptance;

    public bool IsStarted => _startedAt is not null;

    public bool HasEnded => _stoppedAfter is not null;

    public bool IsForgotten { get; private set; }

    public bool MustStop { get; private set; }

    /// <summary>The last one that the operator has countersigned.</summary>
    public Receipt LastReceipt => _last!;

    /// <summary>Whole seconds that the workload ran, never past what is paid.</summary>
    public long SecondsAt(TimeProvider time) =>
        _stoppedAfter ?? (_startedAt is { } start ? Math.Min(_paidThrough, (long)time.GetElapsedTime(start).TotalSeconds) : 0);

    public LeaseReport Report(ProviderId provider, PrivateKey key, TimeProvider time, long batchSeconds)
    {
        if (MustStop) _stoppedAfter ??= SecondsAt(time);
        MustStop = false;
        var seconds = SecondsAt(time);
        if (_unanswered is null && seconds > (_last?.Seconds ?? 0)) _unanswered = Bill(seconds).Sign(key, Some.Identity.Domain);
        return new LeaseReport(provider, Id, seconds, _unanswered, IsStarted ? [Service(seconds >= batchSeconds)] : [], HasEnded);
    }

    public void Follow(LeaseDirective directive, LeaseReport report, TimeProvider time)
    {
        if (directive.Opening is not null) _startedAt ??= time.GetTimestamp();
        if (directive.PaidThrough is { } paid)
        {
            Assert.True(paid.IsSignedBy(Some.Identity.Operator, Some.Identity.Domain), "paidThrough is the operator's word");
            Assert.True(paid.Value.Seconds >= _paidThrough, $"paid through {paid.Value.Seconds} after {_paidThrough}");
            _paidThrough = paid.Value.Seconds;
        }

        if (directive.Countersignature is not null) (_last, _unanswered) = (report.Receipt!.Value, null);
        if (directive.CloseCommand is { } close && !HasEnded)
        {
            MustStop = true;
            _stoppedAfter = Math.Min(SecondsAt(time), close.Value.Seconds);
        }

        // A receipt for seconds past the close is void: the last one is for what counts.
        if (HasEnded && _unanswered?.Value.Seconds > _stoppedAfter) _unanswered = null;
        IsForgotten = directive.IsSettled;
    }

    private Receipt Bill(long seconds) => new(
        Id, seconds, proposal.Rate.ChargeRoundedDown(seconds), Some.Digest("content", (int)seconds), _last?.Digest(Some.Identity.Domain) ?? Hash256.Zero);

    private static ServiceReport Service(bool hasSucceeded) =>
        new("web", 0, 0, hasSucceeded ? ServicePhase.Succeeded : ServicePhase.Running, hasSucceeded ? 0 : null, false, null, []);
}

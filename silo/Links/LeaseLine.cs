using System.Collections.Immutable;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Silo.Links;

/// <summary>
/// What one session knows of one lease: what the node said last, what of it the grains have not heard yet, and what the node has been told. Messages change
/// it from the reading loop, grains' hints from the link's observer, and the session's work takes from it what there is to do.
/// </summary>
/// <param name="tickSeconds">How old a status' seconds may be.</param>
internal sealed class LeaseLine(LeaseId lease, long tickSeconds)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Service, uint Ordinal), WorkloadStatus> _statuses = [];
    private readonly HashSet<(string Service, uint Ordinal)> _unheard = [];
    private ToldSoFar _told = ToldSoFar.Nothing;
    private FencingToken? _token;
    private NodeLeasePhase _phase;
    private long _seconds;
    private ReceiptProposed? _receipt;
    private bool _hasEnded;
    private bool _endsOnPurpose;
    private bool _wantsReport;
    private bool _wantsRelease;
    private LeaseProposal? _proposal;
    private NodeAnswer? _answer;
    private int _beatsWithout;
    private long _reportedAt;
    private long? _beatAtBootMs;
    private long? _reportedBeat;
    private long? _saidBeat;

    public LeaseId Lease => lease;

    /// <summary>What the node's first message says of it: all of it is news.</summary>
    public void Take(BoundLease bound)
    {
        lock (_gate)
        {
            (_token, _phase, _seconds) = (bound.Token, bound.Phase, bound.Seconds);
            _told = _told with { PaidThroughSeconds = bound.PaidThroughSeconds };
            foreach (var status in bound.Workloads) Keep_NeedsLock(status);
            if (bound.Phase == NodeLeasePhase.Ended) End_NeedsLock(bound.EndReason ?? CloseReason.None);
            _wantsReport = true;
        }
    }

    /// <returns>Whether the beat says anything that a grain must hear now.</returns>
    public bool Take(LeaseBeat beat, long now, long tick)
    {
        lock (_gate)
        {
            var isNews = beat.Phase != _phase || now - _reportedAt >= tick;
            _phase = beat.Phase;
            _seconds = Math.Max(_seconds, beat.Seconds);
            _beatAtBootMs = beat.AtBootMs;
            _beatsWithout = 0;
            if (isNews) _wantsReport = true;
            return isNews;
        }
    }

    public void Take(ProposalAnswer answer)
    {
        lock (_gate)
        {
            if (answer.Accepted is { } accepted) _token = accepted.Value.Token;
            _answer = new NodeAnswer(lease, answer.Accepted, answer.Bindings, answer.Accepted is null ? Refusal(answer) : null);
        }
    }

    public void Take(WorkloadStatus status)
    {
        lock (_gate)
        {
            Keep_NeedsLock(status);
            _wantsReport = true;
        }
    }

    public void Take(ReceiptProposed proposed)
    {
        lock (_gate)
        {
            _receipt = proposed;
            _seconds = Math.Max(_seconds, proposed.Receipt.Value.Seconds);
            _wantsReport = true;
        }
    }

    public void Take(LeaseEnded ended)
    {
        lock (_gate)
        {
            _seconds = Math.Max(_seconds, ended.Seconds);
            End_NeedsLock(ended.Reason);
        }
    }

    /// <summary>The node does not know of it although it should run it.</summary>
    public void TakeUnbound()
    {
        lock (_gate) End_NeedsLock(CloseReason.None);
    }

    /// <summary>
    /// A beat does not list it. A second one in a row means that the node no longer has what it had accepted or was told to open: the acceptance expired before
    /// its opening came, or the node lost it.
    /// </summary>
    /// <returns>Whether that is news.</returns>
    public bool TakeMissing()
    {
        lock (_gate)
        {
            var isExpected = _token is not null || _told.IsOpen;
            if (!isExpected || _hasEnded || _told.IsReleased || ++_beatsWithout < Limits.BeatsWithout) return false;
            End_NeedsLock(CloseReason.None);
            return true;
        }
    }

    public void TakeProposal(LeaseProposal proposal)
    {
        lock (_gate) _proposal = proposal;
    }

    public void WantReport()
    {
        lock (_gate) _wantsReport = true;
    }

    public void WantRelease()
    {
        lock (_gate) _wantsRelease = true;
    }

    public LeaseProposal? NextProposal()
    {
        lock (_gate)
        {
            (var next, _proposal) = (_proposal, null);
            return next;
        }
    }

    public NodeAnswer? NextAnswer()
    {
        lock (_gate) return _answer;
    }

    public void Heard(NodeAnswer answer)
    {
        lock (_gate)
        {
            if (_answer == answer) _answer = null;
        }
    }

    /// <returns>Null where there is nothing to report.</returns>
    public LeaseReport? NextReport(ProviderId provider, long now)
    {
        lock (_gate)
        {
            if (!_wantsReport) return null;
            _wantsReport = false;
            (_reportedAt, _reportedBeat) = (now, _beatAtBootMs);
            var services = _unheard.Select(key => ReportOf_NeedsLock(_statuses[key])).ToImmutableArray();
            return new LeaseReport(provider, lease, _seconds, _receipt?.Receipt, services, _hasEnded, _receipt?.Provenance);
        }
    }

    /// <summary>The grain did not answer: what was reported is still news.</summary>
    public void WasNotHeard()
    {
        lock (_gate) _wantsReport = true;
    }

    /// <summary>The grain has stored the report; its directive is turned into what the node has not been told yet.</summary>
    public IReadOnlyList<ControlMessage> Take(LeaseDirective directive, LeaseReport report)
    {
        lock (_gate)
        {
            foreach (var service in report.Services)
            {
                var key = (service.Service, (uint)service.Replica);
                if (_statuses.TryGetValue(key, out var status) && status.Attempt == service.Attempt && ReportOf_NeedsLock(status).Phase == service.Phase)
                    _unheard.Remove(key);
            }

            (var messages, _told) = _told.Next(lease, directive, report.Receipt, _token, _phase);
            return Heard_NeedsLock(directive) is { } heard ? [.. messages, heard] : messages;
        }
    }

    /// <summary>A release that a grain asked for, where the node holds a token and has not been told.</summary>
    public Release? NextRelease()
    {
        lock (_gate)
        {
            if (!_wantsRelease || _told.IsReleased || _token is not { } token) return null;
            _told = _told with { IsReleased = true };
            return new Release(lease, token);
        }
    }

    public bool IsReleased
    {
        get
        {
            lock (_gate) return _told.IsReleased;
        }
    }

    private static string Refusal(ProposalAnswer answer)
    {
        if (answer.Refusal is not { } refusal) return "the node's answer is neither an acceptance nor a refusal.";
        var message = refusal.Message.Length <= Limits.MessageLength ? refusal.Message : refusal.Message[..Limits.MessageLength];
        return $"{refusal.Code}: {message}";
    }

    /// <summary>
    /// The lease counts its node's silence from the report, and that cannot be before the beat that the report was made of.
    /// </summary>
    private LeaseHeard? Heard_NeedsLock(LeaseDirective directive)
    {
        if (!directive.IsKnown || directive.CloseCommand is not null || _reportedBeat is not { } atBootMs || atBootMs == _saidBeat) return null;
        _saidBeat = atBootMs;
        return new LeaseHeard(lease, atBootMs);
    }

    /// <summary>What ends when the lease does, or when its paid time is up, has not failed.</summary>
    private ServiceReport ReportOf_NeedsLock(WorkloadStatus status)
    {
        var isPaidUp = _told.PaidThroughSeconds > 0 && status.Seconds + tickSeconds >= _told.PaidThroughSeconds;
        return ServiceReports.Of(status, _endsOnPurpose || _told.IsClosed || isPaidUp);
    }

    private void Keep_NeedsLock(WorkloadStatus status)
    {
        var key = (status.Service, status.Ordinal);
        if (!_statuses.ContainsKey(key) && _statuses.Count >= Limits.ServicesPerLease) return;
        _statuses[key] = status;
        _unheard.Add(key);
    }

    private void End_NeedsLock(CloseReason reason)
    {
        _hasEnded = true;
        _phase = NodeLeasePhase.Ended;
        // A node that says it failed itself is believed: nobody says so to his own advantage.
        _endsOnPurpose |= reason is CloseReason.ProviderFailed or CloseReason.Tenant or CloseReason.Duration or CloseReason.Money or CloseReason.Maintenance or CloseReason.Replaced;
        _wantsReport = true;
    }
}

using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Grid.Providers;
using Grid.Silo.Telemetry;

namespace Grid.Silo.Links;

/// <summary>
/// One node's session: absorbs its heartbeats, tells the grains what is new, and tells the node what follows. Level-triggered: every tick each lease is
/// reported again, and its directive says all that the node must know, so that nothing depends on a single message.
/// </summary>
internal sealed partial class NodeSession : IDisposable
{
    private readonly LinkConnection _link;
    private readonly SessionServices _services;
    private readonly Func<int> _measureRoundTripMs;
    private readonly Lock _gate = new();
    private readonly Dictionary<LeaseId, LeaseLine> _lines = [];
    private readonly CoalescedWork<LeaseId> _work;
    private readonly CancellationTokenSource _end = new();
    private readonly INodeLink _observer;
    private OfferChanged? _offer;
    private BoundElsewhere _elsewhere = BoundElsewhere.Nothing;
    private BoundElsewhere _toldElsewhere = BoundElsewhere.Nothing;
    private SealingPublicKey? _nodeKey;
    private long _heardAt;
    private bool _isUp;
    private volatile bool _isSuperseded;

    /// <param name="measureRoundTripMs">To the node's end of the connection; 0 where it is not known.</param>
    public NodeSession(LinkConnection link, Func<int> measureRoundTripMs, SessionServices services)
    {
        (_link, _measureRoundTripMs, _services) = (link, measureRoundTripMs, services);
        Ended = _end.Token;
        _work = new CoalescedWork<LeaseId>(Limits.CallsAtOnce, WorkAsync);
        _observer = services.Grains.CreateObjectReference<INodeLink>(new NodeLink(this));
    }

    public ProviderId Provider => new(_link.Peer);

    public long Epoch { get; private set; }

    /// <summary>The largest challenge that the node takes; 0 where it takes none.</summary>
    public int ChallengeMib { get; private set; }

    /// <summary>Ended when the session is.</summary>
    public CancellationToken Ended { get; }

    // The key of the work on what concerns no lease: the offer, what is bound elsewhere, the measured round trip.
    private static LeaseId NoLease => default;

    private ILogger<NodeSession> Log => _services.Log;

    private IProviderGrain Grain => _services.Grains.GetGrain<IProviderGrain>(Provider.ToString());

    /// <summary>Serves the link until it closes. The caller disposes of the link.</summary>
    public async Task RunAsync()
    {
        var background = Task.CompletedTask;
        _heardAt = _services.Time.GetTimestamp();
        using var watchdog = _services.Time.CreateTimer(_ => CloseIfSilent(), null, _services.Parameters.Tick, _services.Parameters.Tick);
        try
        {
            await foreach (var message in _link.ReadControlAsync())
            {
                Volatile.Write(ref _heardAt, _services.Time.GetTimestamp());
                _services.Meters.Received(message);
                if (_isUp) Take(message);
                else if (await StartAsync(message) is { } refused) await RefuseAsync(refused);
                else background = Task.WhenAll(_work.RunAsync(_end.Token), _services.Inputs.ServeAsync(_link, _nodeKey!, _end.Token));
            }
        }
        finally
        {
            await EndAsync(background);
        }
    }

    public void Dispose() => _end.Dispose();

    /// <exception cref="LinkException">The link is closed, or carries too many streams already.</exception>
    public LinkStream OpenStream(StreamPurpose purpose) => _link.OpenStream(purpose);

    public void WantProposal(LeaseProposal proposal)
    {
        if (LineOf(proposal.Lease) is not { } line) return;
        line.TakeProposal(proposal);
        _work.Want(proposal.Lease);
    }

    public void WantReport(LeaseId lease)
    {
        if (LineOf(lease) is not { } line) return;
        line.WantReport();
        _work.Want(lease);
    }

    public void WantRelease(LeaseId lease)
    {
        if (LineOf(lease) is not { } line) return;
        line.WantRelease();
        _work.Want(lease);
    }

    /// <summary>Not waited for: a node that does not read must not hold up what others do.</summary>
    public void Tell(ControlMessage message) => _ = TellAsync(message);

    public void Supersede()
    {
        _isSuperseded = true;
        _ = RefuseAsync(Admission.Refuse(SessionRefusalCode.Superseded, "a newer session of this node stands."));
    }

    /// <summary>Sends the node away until the operator is back.</summary>
    public Task DrainAsync() => RefuseAsync(Admission.Refuse(SessionRefusalCode.Draining, "the operator is shutting down."));

    /// <summary>Says something that nothing waits for; a link that is down says it no more.</summary>
    public async Task TellAsync(ControlMessage message)
    {
        try
        {
            await _link.SendControlAsync(message, _end.Token);
        }
        catch (Exception closed) when (closed is LinkException or OperationCanceledException or ObjectDisposedException)
        {
            // The node asks for it when it is back.
        }
    }

    /// <returns>Null where the session stands.</returns>
    private async Task<Refused?> StartAsync(ControlMessage first)
    {
        if (Admission.RefusalOf(first, Provider, _services) is { } refused) return refused;
        if (!await _services.Enrolment.MayEnterAsync(Provider)) return Admission.Refuse(SessionRefusalCode.Busy, "too many nodes enrol that this operator has never seen.");
        var hello = (Hello)first;
        _nodeKey = hello.SealingKey.PublicKey;
        ChallengeMib = Math.Clamp(hello.ChallengeMib, 0, Protocol.Challenges.Limits.MaxMemoryMib);
        foreach (var bound in hello.Leases) LineOf(bound.Lease)?.Take(bound);

        if (hello.Elsewhere is { } elsewhere && elsewhere.IsWellFormed()) _elsewhere = _toldElsewhere = elsewhere;
        var bindings = hello.Leases.Select(static bound => new NodeBinding(bound.Lease, bound.Bindings));
        var connected = await Grain.Connect(new NodeConnect(_observer, hello.Offer, hello.Terms, hello.Consent, hello.BootId, [.. bindings], _elsewhere));
        if (connected.Refusal is not null) return Admission.Refuse(SessionRefusalCode.OfferInvalid, connected.Refusal);

        Epoch = connected.Epoch;
        foreach (var lease in connected.Unbound) LineOf(lease)?.TakeUnbound();
        await WelcomeAsync();
        return null;
    }

    private async Task WelcomeAsync()
    {
        _isUp = true;
        _services.Sessions.Add(this);
        _services.Census.Opened();
        LogConnected(Provider, Epoch, _lines.Count);
        var tickMs = (int)_services.Parameters.Tick.TotalMilliseconds;
        var now = _services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var welcome = new Welcome((ulong)Epoch, tickMs, _services.Keys.Published, now, SiloVersion.Text, SaysWhatItHeard: true);
        await _link.SendControlAsync(welcome);
        foreach (var lease in Leases()) _work.Want(lease);
        _work.Want(NoLease);
    }

    private async Task EndAsync(Task background)
    {
        await _end.CancelAsync();
        var closed = _link.Closed.IsCompleted ? await _link.Closed : null;
        if (_isUp)
        {
            _services.Sessions.Remove(this);
            if (!_isSuperseded) _services.Challenges.Drop(Provider);
            _services.Census.Closed(isLost: !_isSuperseded);
            LogDisconnected(Provider, Epoch, closed?.Reason, closed?.Message);
        }

        await background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Epoch > 0) await TellDisconnectedAsync();
        _services.Grains.DeleteObjectReference<INodeLink>(_observer);
    }

    private async Task TellDisconnectedAsync()
    {
        for (var attempt = 1; attempt <= Limits.DisconnectTries; attempt++)
        {
            try
            {
                await Grain.Disconnect(Epoch);
                return;
            }
            catch (Exception failure)
            {
                LogCallFailed(nameof(IProviderGrain.Disconnect), Provider, NoLease, failure);
            }
        }
    }

    private async Task RefuseAsync(Refused refused)
    {
        LogRefused(Provider, refused.Code, refused.Message);
        _services.Meters.Refused(refused.Code);
        try
        {
            await _link.SendControlAsync(refused);
            await _link.CloseAsync(refused.Message);
        }
        catch (LinkException)
        {
            // It is closed already.
        }
    }

    private void CloseIfSilent()
    {
        var silence = _services.Time.GetElapsedTime(Volatile.Read(ref _heardAt));
        var allowed = _isUp ? _services.Parameters.Tick * Limits.SilentTicks : TimeSpan.FromMilliseconds(Limits.HelloTimeoutMs);
        if (silence >= allowed) _ = _link.CloseAsync($"Nothing was heard for {silence.TotalSeconds:0} s.");
    }

    private void Take(ControlMessage message)
    {
        switch (message)
        {
            case Heartbeat beat:
                Take(beat);
                break;
            case ProposalAnswer answer:
                Take(answer.Lease, line => line.Take(answer));
                break;
            case WorkloadChanged changed:
                Take(changed.Lease, line => line.Take(changed.Status));
                break;
            case ReceiptProposed proposed when proposed.Provenance.Hash() == proposed.Receipt.Value.ContentHash:
                Take(proposed.Receipt.Value.Lease, line => line.Take(proposed));
                break;
            case LeaseEnded ended:
                Take(ended.Lease, line => line.Take(ended));
                break;
            case ChallengeAnswered answered:
                _services.Challenges.Take(Provider, answered);
                break;
            case OfferChanged offer:
                Volatile.Write(ref _offer, offer);
                _work.Want(NoLease);
                break;
            default:
                LogIgnored(Provider, message.GetType().Name);
                break;
        }
    }

    private void Take(LeaseId lease, Action<LeaseLine> take)
    {
        if (LineOf(lease) is not { } line) return;
        take(line);
        _work.Want(lease);
    }

    private void Take(Heartbeat beat)
    {
        var now = _services.Time.GetTimestamp();
        var halfTick = (long)(_services.Parameters.Tick.TotalSeconds * _services.Time.TimestampFrequency) / 2;
        foreach (var lease in beat.Leases)
        {
            if (LineOf(lease.Lease) is { } line && line.Take(lease, now, halfTick)) _work.Want(lease.Lease);
        }

        TakeMissing(beat);
        Tell(new HeartbeatSeen(beat.Sequence));
        if (beat.Elsewhere is { } elsewhere && elsewhere.IsWellFormed()) Volatile.Write(ref _elsewhere, elsewhere);
        var isNews = Volatile.Read(ref _offer) is not null || _elsewhere != Volatile.Read(ref _toldElsewhere);
        if (isNews || beat.Sequence % Limits.BeatsPerAttachment == 0) _work.Want(NoLease);
    }

    /// <summary>What a beat does not list: forgotten where the node was told to, and else news.</summary>
    private void TakeMissing(Heartbeat beat)
    {
        var live = beat.Leases.Select(static lease => lease.Lease).ToHashSet();
        lock (_gate)
        {
            foreach (var (lease, line) in _lines.Where(line => !live.Contains(line.Key)).ToArray())
            {
                if (line.IsReleased) _lines.Remove(lease);
                else if (line.TakeMissing()) _work.Want(lease);
            }
        }
    }

    private async Task WorkAsync(LeaseId lease, CancellationToken cancellation)
    {
        var line = lease == NoLease ? null : LineOf(lease);
        try
        {
            if (line is null) await TellOfSessionAsync(cancellation);
            else await WorkOnAsync(line, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The next heartbeat brings it back.
            line?.WasNotHeard();
            LogCallFailed(nameof(WorkAsync), Provider, lease, failure);
        }
    }

    private async Task TellOfSessionAsync(CancellationToken cancellation)
    {
        var elsewhere = Volatile.Read(ref _elsewhere);
        if (!await Grain.Attach(new NodeAttachment(Epoch, _observer, elsewhere, _measureRoundTripMs())))
        {
            Supersede();
            return;
        }

        Volatile.Write(ref _toldElsewhere, elsewhere);
        if (Volatile.Read(ref _offer) is not { } offer) return;
        var result = await Grain.ChangeOffer(Epoch, offer.Offer, offer.Terms);
        Interlocked.CompareExchange(ref _offer, null, offer);
        if (!result.IsAccepted) await RefuseAsync(Admission.Refuse(SessionRefusalCode.OfferInvalid, result.Refusal ?? "the offer was refused."));
    }

    private async Task WorkOnAsync(LeaseLine line, CancellationToken cancellation)
    {
        if (line.NextProposal() is { } proposal) await ProposeAsync(line, proposal, cancellation);
        if (line.NextAnswer() is { } answer)
        {
            await Grain.Answer(Epoch, answer);
            line.Heard(answer);
        }

        if (line.NextReport(Provider, _services.Time.GetTimestamp()) is { } report) await ReportAsync(line, report, cancellation);
        if (line.NextRelease() is { } release) await _link.SendControlAsync(release, cancellation);
    }

    private async Task ReportAsync(LeaseLine line, LeaseReport report, CancellationToken cancellation)
    {
        using var span = GridMeters.Activities.StartActivity("lease report");
        var started = _services.Time.GetTimestamp();
        var directive = await _services.Grains.GetGrain<ILeaseGrain>(line.Lease.ToString()).Report(report);
        _services.Meters.Reported(_services.Time.GetElapsedTime(started));
        foreach (var message in line.Take(directive, report)) await _link.SendControlAsync(message, cancellation);
        var isOpen = directive is { Opening: not null, CloseCommand: null, IsSettled: false };
        if (isOpen) _services.Watch.IsOpen(line.Lease, Provider);
        else _services.Watch.HasEnded(line.Lease);
    }

    private async Task ProposeAsync(LeaseLine line, LeaseProposal proposal, CancellationToken cancellation)
    {
        var operation = new OperationId(proposal.Lease.Value);
        try
        {
            var payer = proposal.Authorization.Value.Payer;
            var secrets = proposal.Secrets.Select(secret => Resealing.ForNode(secret, _services.Keys, payer, proposal.Lease, _nodeKey!)).ToArray();
            await _link.SendControlAsync(WireProposal.Of(proposal, operation, secrets), cancellation);
        }
        catch (SealingException unreadable)
        {
            line.Take(ProposalAnswer.Refuse(operation, proposal.Lease, RefusalCode.SecretNotReadable, unreadable.Message));
        }
    }

    private LeaseId[] Leases()
    {
        lock (_gate) return [.. _lines.Keys];
    }

    /// <returns>Null beyond the bound: such a lease is not followed.</returns>
    private LeaseLine? LineOf(LeaseId lease)
    {
        lock (_gate)
        {
            if (_lines.TryGetValue(lease, out var known)) return known;
            if (_lines.Count >= Limits.LeasesPerSession || lease == NoLease) return null;
            return _lines[lease] = new LeaseLine(lease, _services.Parameters.TickSeconds);
        }
    }
}

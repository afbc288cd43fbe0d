using Grid.Deployments;
using Grid.Leases;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Providers;
using Orleans;
using Orleans.Runtime;

namespace Grid.Orders;

public sealed class OrderGrain : Grain, IOrderGrain
{
    private readonly AcknowledgedState<OrderState> _stored;
    private readonly AcknowledgedState<MatchState> _match;
    private readonly GridParameters _parameters;
    private readonly GridIdentity _identity;
    private readonly TimeProvider _time;
    private readonly List<string> _refusals = [];
    private OrderRequest? _request;
    private Attempt? _attempt;
    private IGrainTimer? _timer;
    private Task<MatchRecordBytes>? _reading;
    private string? _unmatched;
    private bool _hasMoney = true;
    private bool _isRecovered;
    private long? _triedAt;

    public OrderGrain(
        [PersistentState("order")] IPersistentState<OrderState> order,
        [PersistentState("match")] IPersistentState<MatchState> match,
        GridParameters parameters,
        GridIdentity identity,
        TimeProvider time)
    {
        _stored = new AcknowledgedState<OrderState>(order, this);
        _match = new AcknowledgedState<MatchState>(match, this);
        (_parameters, _identity, _time) = (parameters, identity, time);
    }

    private OrderId Id => OrderId.Parse(this.GetPrimaryKeyString());

    private OrderState State => _stored.Value;

    private string Region => _request!.Requirement.Regions is [var only] ? only : Matchmakers.AllRegions;

    private IStandingGrain Queue => GrainFactory.GetGrain<IStandingGrain>(Region);

    /// <summary>Without a record it was closed before it was matched.</summary>
    private bool HasRecord => !_match.Value.Ranking.IsEmpty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (HasRecord) KeepRanking();
        return Task.CompletedTask;
    }

    public async Task<OrderView> Place(OrderRequest request)
    {
        _request = request;
        await Advance();
        return await GetView();
    }

    public async Task<OrderView> Close(OrderRequest request, CloseReason reason)
    {
        _request = request;
        if (_unmatched is not null) await Queue.Leave(Id);
        if (State.Phase == OrderPhase.None) await RecoverLease();
        if (State.Phase == OrderPhase.None)
        {
            // An older activation that is still matching must not go on from a match of its own.
            if (!_match.Exists) await _match.Store(new MatchState());
            await DropAttempt();
        }

        if (State.Phase == OrderPhase.None)
        {
            await Store(State with { Phase = OrderPhase.Closed, Deployment = request.Deployment, CloseReason = reason, Refusals = [.. _refusals] });
        }
        else if (State.Phase == OrderPhase.Leased)
        {
            // A lease that is open did start, whatever became of the deployment's other orders.
            await LeaseOf(State.Lease).Close(reason == CloseReason.NeverStarted ? CloseReason.Tenant : reason);
            await ProviderOf(State.Provider).Nudge(State.Lease);
            await FollowLease();
        }

        return await GetView();
    }

    /// <summary>Something is new: an order that stands tries at once.</summary>
    public async Task LookAgain()
    {
        _triedAt = null;
        await Advance();
    }

    public async Task<OrderView> GetView()
    {
        var lease = State.Lease == default ? null : await LeaseOf(State.Lease).GetView();
        var phase = State.Phase == OrderPhase.None && _request is not null ? OrderPhase.Open : State.Phase;
        var chosen = State.Provider != default ? State.Provider : _attempt?.Bid.Provider;
        return new OrderView(
            Id, phase, _match.Value.Candidates, chosen, lease,
            State.Phase == OrderPhase.None ? [.. _refusals] : State.Refusals,
            State.Reason ?? _unmatched,
            HasRecord ? _match.Value.PlacedAt : null,
            HasRecord ? _match.Value.MatchedAt : null,
            State.LeasedAt,
            State.CloseReason);
    }

    /// <summary>Eight KiB that nobody but he who asks for them needs: they are read, and not kept.</summary>
    public async Task<MatchRecordBytes?> GetMatchRecord()
    {
        if (!HasRecord) return null;
        // Calls that interleave share one reading: the second would find what the first has let go.
        if (_reading is null or { IsCompleted: true }) _reading = ReadRecord();
        var record = await _reading;
        _reading = null;
        return record;
    }

    private async Task<MatchRecordBytes> ReadRecord()
    {
        await _match.Reload();
        var read = new MatchRecordBytes(_match.Value.Record, _match.Value.Requirement);
        KeepRanking();
        return read;
    }

    private void KeepRanking() => _match.KeepOnly(_match.Value with { Record = [], Requirement = [] });

    /// <summary>Moves the order on from whatever it is at; a call too many changes nothing.</summary>
    private async Task Advance()
    {
        if (State.Phase == OrderPhase.Leased) await FollowLease();
        if (State.Phase != OrderPhase.None || _request is null) return;
        if (!await IsMatched()) return;
        if (_attempt is null) await RecoverLease();
        if (State.Phase == OrderPhase.None) await Walk();
        KeepTimer();
    }

    private async Task<bool> IsMatched()
    {
        if (_match.Exists) return true;
        if (_triedAt is { } tried && _time.GetElapsedTime(tried) < _parameters.Tick * Limits.TicksBetweenTries) return false;
        var placedAt = _time.GetUtcNow();
        var matchmaker = GrainFactory.GetGrain<IMatchmakerGrain>(Region);
        var result = await matchmaker.Match(new MatchRequest(Id, _request!.Requirement));
        if (result.Ranking.IsEmpty)
        {
            _unmatched = Unmatched.Reason(result.Exclusions, result.Candidates);
            // Where some fit and others were faster, the next tick may find room; where nobody does, whoever gets room says so.
            _triedAt = result.Candidates == 0 ? _time.GetTimestamp() : null;
            await Queue.Wait(new StandingOrder(Id, _request!.SubmittedAt, _request.Requirement));
            return false;
        }

        if (_unmatched is not null) await Queue.Leave(Id);
        (_unmatched, _triedAt) = (null, null);
        await _match.Store(new MatchState
        {
            Record = result.Record,
            Requirement = [.. RequirementHash.Bytes(_request.Requirement)],
            Ranking = result.Ranking,
            Candidates = result.Candidates,
            PlacedAt = placedAt,
            MatchedAt = _time.GetUtcNow(),
        });
        KeepRanking();
        _isRecovered = true;
        return true;
    }

    /// <summary>
    /// An earlier activation may have opened a lease and died before it stored that, or may be opening one now. From here it can store
    /// nothing, and once a lease is
    /// fenced it opens nothing there. One that made the match itself has no such past.
    /// </summary>
    private async Task RecoverLease()
    {
        if (!_match.Exists || _isRecovered) return;
        await _stored.Store(State with { Fence = State.Fence + 1 });
        var leases = Enumerable.Range(0, _match.Value.Ranking.Length).Select(k => LeaseIds.Derive(Id, (uint)k)).ToArray();
        var views = await Task.WhenAll(leases.Select(lease => LeaseOf(lease).Fence(State.Fence)));
        var opened = Array.FindIndex(views, static view => view.Phase != LeasePhase.None);
        if (opened >= 0) await StoreLeased(leases[opened], _match.Value.Ranking[opened].Provider);
        _isRecovered = true;
    }

    private async Task Walk()
    {
        for (var k = _attempt?.Number ?? 0; k < _match.Value.Ranking.Length; k++)
        {
            _attempt ??= new Attempt(k, LeaseIds.Derive(Id, (uint)k), _match.Value.Ranking[k], _time.GetTimestamp());
            var refusal = await Pursue(_attempt);
            if (refusal is null) return;

            _refusals.Add($"{_attempt.Bid.Provider}: {(refusal.Length > Limits.RefusalLength ? refusal[..Limits.RefusalLength] : refusal)}");
            await DropAttempt();
            if (State.Phase != OrderPhase.None) return;
            if (!_hasMoney) break;
        }

        await Store(State with
        {
            Phase = OrderPhase.Unmatched,
            Deployment = _request!.Deployment,
            Refusals = [.. _refusals],
            Reason = _hasMoney ? "every ranked provider refused." : "the payer's account cannot hold the first stretch: deposit more.",
            CloseReason = _hasMoney ? CloseReason.None : CloseReason.Money,
        });
        await TellDeployment();
    }

    /// <returns>Null while the attempt stands (or has become the lease), else why it came to nothing.</returns>
    private async Task<string?> Pursue(Attempt attempt)
    {
        if (!attempt.IsProposed) return await Propose(attempt);
        var answer = await ProviderOf(attempt.Bid.Provider).GetAnswer(attempt.Lease);
        if (answer is null) return _time.GetElapsedTime(attempt.StartedAt) < _parameters.HoldExpiry ? null : "the node did not answer in time.";
        if (answer.Refusal is not null) return answer.Refusal;
        return await Open(attempt, answer);
    }

    private async Task<string?> Propose(Attempt attempt)
    {
        var request = _request!;
        var provider = ProviderOf(attempt.Bid.Provider);
        var hold = await provider.Hold(new HoldRequest(attempt.Lease, Id, attempt.Bid.GpuModel, request.Requirement, request.Ports, attempt.Bid.Rate));
        if (hold.Bindings is null) return hold.Refusal;

        attempt.Terms = TermsOf(attempt, hold.IsPretended);
        var reserved = await LeaseOf(attempt.Lease).Reserve(attempt.Terms);
        _hasMoney = !reserved.IsForMoney;
        if (!reserved.IsReserved) return reserved.Refusal;

        attempt.IsProposed = await provider.Propose(ProposalOf(attempt, hold.Bindings));
        return attempt.IsProposed ? null : "the provider has lost its session.";
    }

    private async Task<string?> Open(Attempt attempt, NodeAnswer answer)
    {
        var opened = await LeaseOf(attempt.Lease).Open(new LeaseOpening(attempt.Terms!, answer.Acceptance!, answer.Bindings!, State.Fence));
        if (opened.IsFenced) return GiveWay();
        if (!opened.IsOpen) return opened.Refusal;
        await StoreLeased(attempt.Lease, attempt.Bid.Provider);
        // The deployment has nothing to do while its leases run: it hears of their ends.
        await ProviderOf(attempt.Bid.Provider).Confirm(attempt.Lease);
        return null;
    }

    /// <summary>What this activation holds is the other one's now: it leaves it alone, and ends.</summary>
    private string? GiveWay()
    {
        DeactivateOnIdle();
        return null;
    }

    /// <summary>Leaves nothing held of an attempt; where its lease has opened after all, an answer was lost, and the order has that
    /// lease.</summary>
    private async Task DropAttempt()
    {
        if (_attempt is not { } attempt) return;
        if (attempt.Terms is not null && !await LeaseOf(attempt.Lease).Abandon(attempt.Terms))
        {
            await StoreLeased(attempt.Lease, attempt.Bid.Provider);
            return;
        }

        await ProviderOf(attempt.Bid.Provider).Release(attempt.Lease);
        _attempt = null;
    }

    /// <summary>Repeats what a crash may have left undone, and ends with the lease.</summary>
    private async Task FollowLease()
    {
        var lease = await LeaseOf(State.Lease).GetView();
        if (lease.Phase == LeasePhase.Active) await ProviderOf(State.Provider).Confirm(State.Lease);
        if (lease.Phase == LeasePhase.Closed)
        {
            await ProviderOf(State.Provider).Release(State.Lease);
            await Store(State with { Phase = OrderPhase.Closed, CloseReason = lease.Reason });
        }

        if (lease.Phase != LeasePhase.Active) await TellDeployment();
    }

    private Task StoreLeased(LeaseId lease, ProviderId provider) => Store(State with
    {
        Phase = OrderPhase.Leased,
        Deployment = _request!.Deployment,
        Lease = lease,
        Provider = provider,
        Refusals = [.. _refusals],
        LeasedAt = _time.GetUtcNow(),
    });

    private LeaseTerms TermsOf(Attempt attempt, bool isPretended)
    {
        var request = _request!;
        var authorization = request.Authorization.Value;
        return new LeaseTerms(
            attempt.Lease, Id, request.Deployment, authorization.Payer, authorization.Digest(_identity.Domain), attempt.Bid.Provider, attempt.Bid.Rate,
            _parameters.FeePpm, request.DurationSeconds, request.RunAheadSeconds, request.OnPartition, request.IsBatch, authorization.ManifestHash, isPretended);
    }

    private LeaseProposal ProposalOf(Attempt attempt, Bindings wanted)
    {
        var request = _request!;
        return new LeaseProposal(
            attempt.Lease, Id, request.Deployment, request.Authorization, request.Manifest, request.Placement, request.Ordinal, wanted, attempt.Bid.Rate,
            _parameters.FeePpm, request.RunAheadSeconds, _time.GetUtcNow() + _parameters.HoldExpiry, request.Secrets, request.Inputs, request.TenantKey);
    }

    private async Task Store(OrderState next)
    {
        await _stored.Store(next);
        KeepTimer();
    }

    /// <summary>While a node's answer is awaited, a tick finds what a lost hint would have said.</summary>
    private void KeepTimer()
    {
        var isWaiting = State.Phase == OrderPhase.None && _attempt is not null;
        if (isWaiting) _timer ??= this.RegisterGrainTimer(_ => Advance(), new GrainTimerCreationOptions { DueTime = _parameters.Tick, Period = _parameters.Tick, KeepAlive = true });
        if (isWaiting) return;
        _timer?.Dispose();
        _timer = null;
    }

    private Task TellDeployment() => GrainFactory.GetGrain<IDeploymentGrain>(State.Deployment.ToString()).LookAgain();

    private IProviderGrain ProviderOf(ProviderId provider) => GrainFactory.GetGrain<IProviderGrain>(provider.ToString());

    private ILeaseGrain LeaseOf(LeaseId lease) => GrainFactory.GetGrain<ILeaseGrain>(lease.ToString());
}

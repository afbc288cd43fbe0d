using Grid.Chain.Crypto;
using Grid.Node.Inventory;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using WorkloadStatus = Grid.Protocol.Link.Messages.WorkloadStatus;

namespace Grid.Node.Leases;

public sealed partial class NodeGrain(
    [PersistentState("node")] IPersistentState<NodeState> storage,
    NodeIdentity identity,
    ListedTerms listed,
    NodeAbilities abilities,
    IWorkloads workloads,
    INodeOutbox outbox,
    IClaimFiles claims,
    IBootClock clock,
    TimeProvider time,
    ILogger<NodeGrain> log) : Grain, INodeGrain
{
    private readonly SortedDictionary<LeaseId, LeaseStatuses> _statuses = [];
    private readonly SortedDictionary<Address, OperatorContact> _contacts = [];

    // Of leases that an operator has heard of since the last tick: it stores them.
    private readonly SortedDictionary<LeaseId, BootMoment> _heard = [];
    private IGrainTimer? _timer;
    private NodeState _stored = new();

    // As it was acknowledged last: reads interleave with writes.
    private NodeLedger Ledger => _stored.Ledger;

    private BootMoment NowOfBoot => new(clock.BootId, clock.NowMs);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stored = storage.State;
        foreach (var lease in Ledger.Leases.Values)
        {
            _contacts.TryAdd(lease.Operator, OperatorContact.Unheard());
            if (lease.Phase == NodeLeasePhase.Starting) workloads.Start(lease);
        }

        KeepTime(Limits.DefaultTickMs);
        return Task.CompletedTask;
    }

    public async Task<ulong> Offer(Hash256 termsHash)
    {
        if (_stored.OfferTermsHash != termsHash)
            await Store(_stored with { OfferTermsHash = termsHash, OfferVersion = _stored.OfferVersion + 1 });
        return _stored.OfferVersion;
    }

    public async Task<ProposalAnswer> Propose(Address @operator, Proposal proposal)
    {
        Hear(@operator);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var ledger = Ledger.WithoutExpired(now);
        var verdict = ProposalRules.Judge(ledger, proposal, @operator, listed.Now, abilities, identity.Domain, now);
        if (verdict.Known is { } known) return ProposalAnswer.Accept(proposal.Operation, known.Acceptance, known.Bindings);
        if (verdict.Accept is not { } acceptance) return ProposalAnswer.Refuse(proposal.Operation, proposal.Lease, verdict.Code, verdict.Message);

        var signed = acceptance.Sign(identity.Key, identity.Domain);
        var before = Ledger;
        var accepted = ProposalRules.Accepted(ledger, proposal, @operator, verdict.Manifest!, signed);
        await Store(accepted.With(Partition.Heard(_contacts[@operator].Applied(accepted.Leases[proposal.Lease]), NowOfBoot)));
        ForgetMissing(before);
        return ProposalAnswer.Accept(proposal.Operation, signed, proposal.Requested);
    }

    public Task Take(Address @operator, ControlMessage message)
    {
        Hear(@operator);
        return message switch
        {
            Open open => Change(@operator, open.Opening.Value.Lease, lease => Opened(lease, open)),
            ExtendPaidThrough extend => Change(@operator, extend.PaidThrough.Value.Lease, lease => Extended(lease, extend)),
            CloseLease close => Change(@operator, close.Close.Value.Lease, lease => Closing(lease, close)),
            ReceiptCountersigned receipt => Change(@operator, receipt.Lease, lease => Countersigned(lease, receipt)),
            Release release => Released(@operator, release),
            LeaseHeard heard => HeardOf(@operator, heard),
            _ => Task.CompletedTask,
        };
    }

    public async Task Observe(LeaseId lease, Observation seen)
    {
        if (!Ledger.Leases.TryGetValue(lease, out var known) || known.Phase == NodeLeasePhase.Accepted) return;
        if (known.Phase == NodeLeasePhase.Ended)
        {
            if (!seen.IsFinal && seen.EndedBootMs is null) workloads.Stop(lease);
            return;
        }

        var wasCutOff = seen.Cause == CloseReason.Money && Partition.HasStopped(known, seen.EndedBootMs);
        if (wasCutOff) seen = seen with { Cause = CloseReason.ProviderFailed };
        var statuses = StatusesOf(known);
        var isNews = statuses.Take(seen);
        var hasBegun = seen.IsFinal || seen.Status.Phase != WorkloadPhase.Starting;
        var next = known.Phase == NodeLeasePhase.Starting && hasBegun && seen.BootId.Length > 0 ? LeaseRules.Started(known, seen.BootId, seen.StartedBootMs) : known;
        if (isNews && seen.IsFinal) next = next with { Ends = statuses.Ends };
        if (seen.Cause == CloseReason.ProviderFailed) next = LeaseRules.Ending(next, CloseReason.ProviderFailed);
        if (statuses.HaveAllEnded)
        {
            next = Counted(next);
            next = LeaseRules.Ended(next, statuses.EndReasonOf(next));
        }

        await StoreLease(known, next, isNews ? [seen.Status] : []);
    }

    public async Task Started(LeaseId lease, StartFailure? failure)
    {
        if (!Ledger.Leases.TryGetValue(lease, out var known) || known.Phase != NodeLeasePhase.Starting) return;
        if (failure is null)
        {
            await StoreLease(known, LeaseRules.Started(known, clock.BootId, clock.NowMs), []);
            return;
        }

        LogStartFailed(log, lease, failure.Reason);
        var statuses = StatusesOf(known);
        statuses.Fail(failure);
        await StoreLease(known, LeaseRules.Ended(known, failure.Cause) with { Ends = statuses.Ends }, statuses.All);
    }

    public Task<IReadOnlyList<BoundLease>> Connected(Address @operator)
    {
        Hear(@operator);
        return Task.FromResult(BoundLeases.Fit([.. Ledger.Leases.Values.Where(lease => lease.Operator == @operator).Select(Bound)]));
    }

    public Task Welcomed(Address @operator, int tickMs, bool saysWhatItHeard)
    {
        var boundedMs = Math.Clamp(tickMs, Limits.MinTickMs, Limits.MaxTickMs);
        _contacts[@operator] = new OperatorContact(boundedMs, isWelcome: true, saysWhatItHeard);
        Hear(@operator);
        KeepTime(_contacts.Values.Min(static contact => contact.TickMs));
        return Task.CompletedTask;
    }

    public Task<NodeLedger> GetLedger() => Task.FromResult(Ledger);

    /// <summary>Counts, receipts, stops what must stop, and tells every operator: all of it again next time, so that no message has to arrive.</summary>
    private async Task Tick(CancellationToken cancellationToken)
    {
        var before = Ledger;
        var next = before.WithoutExpired(time.GetUtcNow().ToUnixTimeSeconds());
        foreach (var lease in next.Leases.Values) next = next.With(Ticked(WithSilence(lease)));
        await Store(next);
        _heard.Clear();

        ForgetMissing(before);
        foreach (var lease in Ledger.Leases.Values) Enforce(lease);
        foreach (var contact in _contacts) Beat(contact.Key, contact.Value);
    }

    private NodeLease Ticked(NodeLease lease)
    {
        var counted = Counted(lease);
        var isCutOff = DueStop(counted) == CloseReason.ProviderFailed;
        return WithReceipt(isCutOff ? LeaseRules.Ending(counted, CloseReason.ProviderFailed) : counted);
    }

    /// <summary>
    /// With what is known of the last time that its operator heard of it. A row of a node that did not keep it counts from now.
    /// </summary>
    private NodeLease WithSilence(NodeLease lease)
    {
        if (!lease.StopsOnPartition || lease.Phase == NodeLeasePhase.Ended) return lease;
        var known = lease.Heard is null ? Partition.Heard(lease, NowOfBoot) : lease;
        if (_heard.TryGetValue(lease.Lease, out var at)) known = Partition.Heard(known, at);
        return _contacts.TryGetValue(lease.Operator, out var contact) ? contact.Applied(known) : known;
    }

    private NodeLease Counted(NodeLease lease)
    {
        if (lease.Phase != NodeLeasePhase.Running || StatusesOf(lease).CountsUntil(lease.BootId, clock.NowMs) is not { } untilMs) return lease;
        return LeaseRules.Ticked(lease, lease.BootId, untilMs);
    }

    private NodeLease WithReceipt(NodeLease lease)
    {
        var provenance = ProvenanceOf(lease);
        var receipt = LeaseRules.NextReceipt(lease, provenance, identity.Domain);
        return receipt is null ? lease : LeaseRules.WithReceipt(lease, receipt.Sign(identity.Key, identity.Domain), provenance);
    }

    private CloseReason DueStop(NodeLease lease) => LeaseRules.DueStop(lease, Partition.Silence(lease, NowOfBoot), lease.LostAfter);

    private void Enforce(NodeLease lease)
    {
        if (DueStop(lease) is var reason and not CloseReason.None)
        {
            LogStopping(log, lease.Lease, reason);
            workloads.Stop(lease.Lease);
        }
        else if (lease.Phase == NodeLeasePhase.Running)
        {
            workloads.Extend(lease.Lease, Partition.StopAtBootMs(lease, clock.BootId, lease.StartedBootMs!.Value));
        }
    }

    private void Beat(Address @operator, OperatorContact contact)
    {
        var mine = Ledger.Leases.Values.Where(lease => lease.Operator == @operator).ToArray();
        contact.Elsewhere = Ledger.BoundElsewhere(@operator);
        outbox.Post(@operator, new Heartbeat(contact.NextBeat(), [.. mine.Select(BeatOf)], contact.Elsewhere));
        var owed = mine.Where(static lease => lease.Phase == NodeLeasePhase.Ended || (lease.LastReceipt is not null && lease.Countersignature is null)).ToArray();
        foreach (var lease in contact.Resends(owed)) Resend(lease);
    }

    private LeaseBeat BeatOf(NodeLease lease)
    {
        var mustBeHeard = lease.StopsOnPartition && lease.Phase is NodeLeasePhase.Starting or NodeLeasePhase.Running;
        return new LeaseBeat(lease.Lease, lease.Seconds, lease.Phase, mustBeHeard ? clock.NowMs : null);
    }

    private void Resend(NodeLease lease)
    {
        if (lease.LastReceipt is not null && lease.Countersignature is null)
            outbox.Post(lease.Operator, new ReceiptProposed(lease.LastReceipt, lease.LastProvenance ?? ProvenanceOf(lease)));
        if (lease.Phase == NodeLeasePhase.Ended) outbox.Post(lease.Operator, new LeaseEnded(lease.Lease, lease.Seconds, lease.EndReason));
    }

    private NodeLease Opened(NodeLease lease, Open open)
    {
        var isTheirs = open.Opening.Value == Opening.Of(lease.Acceptance.Value)
            && open.Opening.IsSignedBy(lease.Operator, identity.Domain)
            && IsTheirs(lease, open.PaidThrough);
        return isTheirs ? LeaseRules.Opened(lease, open.Opening, open.PaidThrough) : lease;
    }

    private NodeLease Extended(NodeLease lease, ExtendPaidThrough extend) => IsTheirs(lease, extend.PaidThrough) ? LeaseRules.Extended(lease, extend.PaidThrough) : lease;

    private NodeLease Closing(NodeLease lease, CloseLease close)
    {
        if (!close.Close.IsSignedBy(lease.Operator, identity.Domain)) return lease;
        var closing = LeaseRules.Closing(Counted(lease), close.Close);
        return closing.Phase == NodeLeasePhase.Accepted ? LeaseRules.Ended(closing, close.Close.Value.Reason) : closing;
    }

    private NodeLease Countersigned(NodeLease lease, ReceiptCountersigned receipt)
    {
        var isTheirs = lease.LastReceipt is { } last && (last with { Signature = receipt.Operator }).IsSignedBy(lease.Operator, identity.Domain);
        return isTheirs ? LeaseRules.Countersigned(lease, receipt.Seconds, receipt.Operator) : lease;
    }

    private bool IsTheirs(NodeLease lease, Signed<PaidThrough> paidThrough) =>
        paidThrough.Value.Lease == lease.Lease && paidThrough.IsSignedBy(lease.Operator, identity.Domain);

    private async Task Released(Address @operator, Release release)
    {
        if (!Ledger.Leases.TryGetValue(release.Lease, out var lease) || lease.Operator != @operator || lease.Token != release.Token) return;
        if (lease.Phase is NodeLeasePhase.Starting or NodeLeasePhase.Running) workloads.Stop(lease.Lease);
        await Store(Ledger.Without(release.Lease));
        Forget(release.Lease);
    }

    /// <summary>What it says back is no later than now, whatever it says.</summary>
    private Task HeardOf(Address @operator, LeaseHeard heard)
    {
        if (!Ledger.Leases.TryGetValue(heard.Lease, out var lease) || lease.Operator != @operator) return Task.CompletedTask;
        var at = new BootMoment(clock.BootId, Math.Min(heard.AtBootMs, clock.NowMs));
        if (!_heard.TryGetValue(heard.Lease, out var known) || known.Ms < at.Ms) _heard[heard.Lease] = at;
        return Task.CompletedTask;
    }

    private void ForgetMissing(NodeLedger before)
    {
        foreach (var expired in before.Leases.Keys.Where(lease => !Ledger.Leases.ContainsKey(lease))) Forget(expired);
    }

    private void Forget(LeaseId lease)
    {
        _statuses.Remove(lease);
        workloads.Retire(lease);
    }

    private async Task Change(Address @operator, LeaseId id, Func<NodeLease, NodeLease> change)
    {
        if (!Ledger.Leases.TryGetValue(id, out var lease) || lease.Operator != @operator) return;
        await StoreLease(lease, change(lease), []);
    }

    /// <summary>Stores the lease, and then tells its operator and does what its new phase asks for.</summary>
    /// <param name="news">Statuses that its operator has not heard.</param>
    private async Task StoreLease(NodeLease before, NodeLease after, IReadOnlyList<WorkloadStatus> news)
    {
        var settled = after.Phase == NodeLeasePhase.Ended ? WithReceipt(after) : after;
        if (settled != before) await Store(Ledger.With(settled));
        Tell(settled, news);
        if (settled == before) return;
        if (before.Phase == NodeLeasePhase.Accepted && settled.Phase == NodeLeasePhase.Starting) workloads.Start(settled);
        if (before.Phase == settled.Phase) Enforce(settled);
        else if (_contacts.TryGetValue(settled.Operator, out var contact)) Beat(settled.Operator, contact);
    }

    /// <summary>What this node failed at is not the workload's failure: its operator hears that first, and the statuses with the end of the lease.</summary>
    private void Tell(NodeLease lease, IReadOnlyList<WorkloadStatus> news)
    {
        if (lease.EndReason != CloseReason.ProviderFailed)
        {
            foreach (var status in news) outbox.Post(lease.Operator, new WorkloadChanged(lease.Lease, status));
        }
        else if (lease.Phase == NodeLeasePhase.Ended && news.Count > 0)
        {
            Resend(lease);
            foreach (var status in StatusesOf(lease).All) outbox.Post(lease.Operator, new WorkloadChanged(lease.Lease, status));
        }
    }

    private Task Store(NodeLedger ledger) => Store(_stored with { Ledger = ledger });

    private async Task Store(NodeState next)
    {
        if (next == _stored) return;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            // What is stored is unknown: the next activation loads it.
            DeactivateOnIdle();
            throw;
        }

        var before = Ledger;
        _stored = next;
        KeepClaims(before);
        TellOthers();
    }

    /// <summary>What can be claimed of a lease outlives it in this ledger: its operator may let go of it and vanish before a root has paid
    /// it.</summary>
    private void KeepClaims(NodeLedger before)
    {
        if (ReferenceEquals(before, Ledger)) return;
        foreach (var lease in Ledger.Leases.Values)
        {
            if (lease.LastReceipt is null || before.Leases.GetValueOrDefault(lease.Lease)?.LastReceipt == lease.LastReceipt) continue;
            if (lease.Evidence is { } evidence) claims.Keep(lease.Operator, evidence);
        }
    }

    /// <summary>What one operator has bound or let go is shown to the others at once, and not only with their next beat.</summary>
    private void TellOthers()
    {
        foreach (var (@operator, contact) in _contacts)
        {
            if (contact.Elsewhere != Ledger.BoundElsewhere(@operator)) Beat(@operator, contact);
        }
    }

    private BoundLease Bound(NodeLease lease) => new(
        lease.Lease, lease.Token, lease.Bindings, lease.Seconds, lease.Phase, lease.PaidThroughSeconds, StatusesOf(lease).All,
        lease.Phase == NodeLeasePhase.Ended ? lease.EndReason : null);

    private Provenance ProvenanceOf(NodeLease lease)
    {
        var outputs = StatusesOf(lease).All.SelectMany(static status => status.Outputs).Select(static output => output.Sha256);
        return new Provenance(lease.ManifestHash, lease.Images, [.. lease.Inputs.Select(static input => input.Sha256)], [.. outputs]);
    }

    private LeaseStatuses StatusesOf(NodeLease lease)
    {
        if (_statuses.TryGetValue(lease.Lease, out var known)) return known;
        return _statuses[lease.Lease] = new LeaseStatuses(WorkloadPlan.Keys(lease), lease.Ends);
    }

    private void Hear(Address @operator)
    {
        if (!_contacts.TryGetValue(@operator, out var contact)) _contacts[@operator] = contact = OperatorContact.Unheard();
        contact.Hear(NowOfBoot);
    }

    private void KeepTime(int tickMs)
    {
        var period = TimeSpan.FromMilliseconds(tickMs);
        if (_timer is null) _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = period, Period = period, KeepAlive = true });
        else _timer.Change(period, period);
    }
}

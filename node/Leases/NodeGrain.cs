using Grid.Chain.Crypto;
using Grid.Node.Inventory;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using WorkloadStatus = Grid.Protocol.Link.Messages.WorkloadStatus;

namespace Grid.Node.Leases;

internal sealed partial class NodeGrain(
    [PersistentState("node")] IPersistentState<NodeState> storage,
    NodeIdentity identity,
    OfferTerms terms,
    IWorkloads workloads,
    INodeOutbox outbox,
    IBootClock clock,
    TimeProvider time,
    ILogger<NodeGrain> log) : Grain, INodeGrain
{
    private readonly SortedDictionary<LeaseId, LeaseStatuses> _statuses = [];
    private readonly SortedDictionary<Address, OperatorContact> _contacts = [];
    private IGrainTimer? _timer;

    private NodeLedger Ledger => storage.State.Ledger;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var lease in Ledger.Leases.Values)
        {
            _contacts.TryAdd(lease.Operator, new OperatorContact(time.GetTimestamp(), Limits.DefaultTickMs));
            if (lease.Phase == NodeLeasePhase.Starting) Restart(lease);
        }

        KeepTime(Limits.DefaultTickMs);
        return Task.CompletedTask;
    }

    public async Task<ulong> Offer(Hash256 termsHash)
    {
        if (storage.State.OfferTermsHash != termsHash)
            await Store(storage.State with { OfferTermsHash = termsHash, OfferVersion = storage.State.OfferVersion + 1 });
        return storage.State.OfferVersion;
    }

    public async Task<ProposalAnswer> Propose(Address @operator, Proposal proposal)
    {
        var verdict = ProposalRules.Judge(Ledger, proposal, @operator, terms, identity.Domain, time.GetUtcNow().ToUnixTimeSeconds());
        if (verdict.Known is { } known) return ProposalAnswer.Accept(proposal.Operation, known.Acceptance, known.Bindings);
        if (verdict.Accept is not { } acceptance) return ProposalAnswer.Refuse(proposal.Operation, proposal.Lease, verdict.Code, verdict.Message);

        var signed = acceptance.Sign(identity.Key, identity.Domain);
        await Store(ProposalRules.Accepted(Ledger, proposal, @operator, verdict.Manifest!, signed));
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
            ReceiptCountersigned receipt => Change(@operator, receipt.Lease, lease => LeaseRules.Countersigned(lease, receipt.Seconds, receipt.Operator)),
            Release release => Released(@operator, release),
            _ => Task.CompletedTask,
        };
    }

    public async Task Observe(LeaseId id, WorkloadStatus status, bool isFinal, long bootMs)
    {
        if (!Ledger.Leases.TryGetValue(id, out var lease) || lease.Phase == NodeLeasePhase.Ended) return;
        var statuses = StatusesOf(lease);
        if (!statuses.Take(status, isFinal)) return;

        var next = lease.Phase == NodeLeasePhase.Starting && status.Phase != WorkloadPhase.Starting ? LeaseRules.Started(lease, clock.BootId, bootMs) : lease;
        if (statuses.HaveAllEnded) next = LeaseRules.Ended(LeaseRules.Ticked(next, clock.BootId, bootMs), statuses.EndReason);
        outbox.Post(lease.Operator, new WorkloadChanged(id, status));
        await StoreLease(lease, next);
    }

    public async Task Started(LeaseId id, string? failure)
    {
        if (!Ledger.Leases.TryGetValue(id, out var lease)) return;
        if (failure is null)
        {
            await StoreLease(lease, LeaseRules.Started(lease, clock.BootId, clock.NowMs));
            return;
        }

        LogStartFailed(log, id, failure);
        foreach (var status in StatusesOf(lease).Fail(failure)) outbox.Post(lease.Operator, new WorkloadChanged(id, status));
        await StoreLease(lease, LeaseRules.Ended(lease, CloseReason.ProviderFailed));
    }

    public Task<IReadOnlyList<BoundLease>> Connected(Address @operator)
    {
        Hear(@operator);
        return Task.FromResult<IReadOnlyList<BoundLease>>([.. Ledger.Leases.Values.Where(lease => lease.Operator == @operator).Select(Bound)]);
    }

    public Task SetTick(Address @operator, int tickMs)
    {
        _contacts[@operator] = new OperatorContact(time.GetTimestamp(), Math.Clamp(tickMs, Limits.MinTickMs, Limits.MaxTickMs));
        KeepTime(_contacts.Values.Min(static contact => contact.TickMs));
        return Task.CompletedTask;
    }

    public Task<NodeLedger> GetLedger() => Task.FromResult(Ledger);

    /// <summary>Counts, receipts, stops what must stop, and tells every operator: all of it again next time, so that no message has to arrive.</summary>
    private async Task Tick(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var next = Ledger;
        foreach (var lease in Ledger.Leases.Values)
        {
            if (LeaseRules.HasExpired(lease, now)) next = next.Without(lease.Lease);
            else next = next.With(Ticked(lease));
        }

        await Store(next);
        foreach (var lease in Ledger.Leases.Values) Enforce(lease);
        foreach (var contact in _contacts) Beat(contact.Key, contact.Value);
    }

    private NodeLease Ticked(NodeLease lease)
    {
        var ticked = LeaseRules.Ticked(lease, clock.BootId, clock.NowMs);
        var receipt = LeaseRules.NextReceipt(ticked, ProvenanceOf(ticked).Hash(), identity.Domain);
        return receipt is null ? ticked : LeaseRules.WithReceipt(ticked, receipt.Sign(identity.Key, identity.Domain));
    }

    private void Enforce(NodeLease lease)
    {
        var contact = _contacts.GetValueOrDefault(lease.Operator) ?? new OperatorContact(time.GetTimestamp(), Limits.DefaultTickMs);
        var lostAfter = TimeSpan.FromMilliseconds((double)contact.TickMs * Limits.LostTicks);
        if (LeaseRules.DueStop(lease, time.GetElapsedTime(contact.HeardAt), lostAfter) is var reason and not CloseReason.None)
        {
            LogStopping(log, lease.Lease, reason);
            workloads.Stop(lease.Lease);
        }
        else if (lease.Phase == NodeLeasePhase.Running)
        {
            workloads.Extend(lease.Lease, lease.StartedBootMs!.Value + lease.MostSeconds * 1000);
        }
    }

    private void Beat(Address @operator, OperatorContact contact)
    {
        var mine = Ledger.Leases.Values.Where(lease => lease.Operator == @operator).ToArray();
        outbox.Post(@operator, new Heartbeat(contact.NextBeat(), [.. mine.Select(static lease => new LeaseBeat(lease.Lease, lease.Seconds, lease.Phase))]));
        foreach (var lease in mine)
        {
            if (lease.LastReceipt is not null && lease.Countersignature is null) outbox.Post(@operator, new ReceiptProposed(lease.LastReceipt, ProvenanceOf(lease)));
            if (lease.Phase == NodeLeasePhase.Ended) outbox.Post(@operator, new LeaseEnded(lease.Lease, lease.Seconds, lease.EndReason));
        }
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
        var closing = LeaseRules.Closing(LeaseRules.Ticked(lease, clock.BootId, clock.NowMs), close.Close);
        return closing.Phase == NodeLeasePhase.Accepted ? LeaseRules.Ended(closing, close.Close.Value.Reason) : closing;
    }

    private bool IsTheirs(NodeLease lease, Signed<PaidThrough> paidThrough) =>
        paidThrough.Value.Lease == lease.Lease && paidThrough.IsSignedBy(lease.Operator, identity.Domain);

    private async Task Released(Address @operator, Release release)
    {
        if (!Ledger.Leases.TryGetValue(release.Lease, out var lease) || lease.Operator != @operator || lease.Token != release.Token) return;
        if (lease.Phase is NodeLeasePhase.Starting or NodeLeasePhase.Running) workloads.Stop(lease.Lease);
        await Store(Ledger.Without(release.Lease));
        _statuses.Remove(release.Lease);
        workloads.Retire(release.Lease);
    }

    private async Task Change(Address @operator, LeaseId id, Func<NodeLease, NodeLease> change)
    {
        if (!Ledger.Leases.TryGetValue(id, out var lease) || lease.Operator != @operator) return;
        await StoreLease(lease, change(lease));
    }

    /// <summary>Stores the lease, then does what its new phase asks for.</summary>
    private async Task StoreLease(NodeLease before, NodeLease after)
    {
        if (after == before) return;
        var settled = after.Phase == NodeLeasePhase.Ended ? Ticked(after) : after;
        await Store(Ledger.With(settled));
        if (before.Phase == NodeLeasePhase.Accepted && settled.Phase == NodeLeasePhase.Starting) workloads.Start(settled);
        if (before.Phase == settled.Phase) Enforce(settled);
        else if (_contacts.TryGetValue(settled.Operator, out var contact)) Beat(settled.Operator, contact);
    }

    private Task Store(NodeLedger ledger) => Store(storage.State with { Ledger = ledger });

    private async Task Store(NodeState next)
    {
        if (next == storage.State) return;
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
    }

    /// <summary>A start that an earlier process began. Its secrets are gone with that process.</summary>
    private void Restart(NodeLease lease)
    {
        if (!lease.HasSecrets) workloads.Start(lease);
        else _ = this.AsReference<INodeGrain>().Started(lease.Lease, "the node restarted before the workload did, and its secrets were in memory alone.");
    }

    private BoundLease Bound(NodeLease lease) => new(
        lease.Lease, lease.Token, lease.Bindings, lease.Seconds, lease.Phase, lease.PaidThroughSeconds, StatusesOf(lease).All,
        lease.Phase == NodeLeasePhase.Ended ? lease.EndReason : null);

    private Provenance ProvenanceOf(NodeLease lease)
    {
        var outputs = StatusesOf(lease).All.SelectMany(static status => status.Outputs).Select(static output => output.Sha256);
        return new Provenance(lease.ManifestHash, [Hash256.Zero], [.. lease.Inputs.Select(static input => input.Sha256)], [.. outputs]);
    }

    private LeaseStatuses StatusesOf(NodeLease lease)
    {
        if (_statuses.TryGetValue(lease.Lease, out var known)) return known;
        return _statuses[lease.Lease] = new LeaseStatuses(lease, WorkloadPlan.Keys(lease));
    }

    private void Hear(Address @operator)
    {
        if (_contacts.TryGetValue(@operator, out var contact)) contact.HeardAt = time.GetTimestamp();
        else _contacts[@operator] = new OperatorContact(time.GetTimestamp(), Limits.DefaultTickMs);
    }

    private void KeepTime(int tickMs)
    {
        var period = TimeSpan.FromMilliseconds(tickMs);
        if (_timer is null) _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = period, Period = period, KeepAlive = true });
        else _timer.Change(period, period);
    }
}

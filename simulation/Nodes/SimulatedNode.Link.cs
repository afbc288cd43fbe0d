using System.Collections.Immutable;
using Grid.Leases;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Simulation;

internal sealed partial class SimulatedNode
{
    /// <summary>How often, in ticks, a session tells its provider of itself: an activation that ended has forgotten its link.</summary>
    private const int SessionCheckTicks = 2;

    private int _ticksSinceCheck;
    private BoundElsewhere _saidElsewhere = BoundElsewhere.Nothing;

    /// <summary>The socket is gone; the silo, if it is up, sees that a little later.</summary>
    public void LinkLost()
    {
        if (_session is { } session) LinkLost(session);
    }

    public void LinkLost(NodeSession session)
    {
        if (!session.IsOpen) return;
        session.IsOpen = false;
        if (ReferenceEquals(_session, session)) _session = null;
        if (!_world.Virtual.IsUp) return;
        _world.Census.Left();
        _world.After(_random.Between(TimeSpan.Zero, _world.Tick), () => Provider.Disconnect(session.Epoch));
    }

    /// <summary>Reports one lease and does what the operator says of it. Asking again is harmless; one question at a time is enough.</summary>
    public async Task Exchange(LeaseId id)
    {
        if (_session is not { } session || !_exchanging.Add(id)) return;
        try
        {
            await Exchange(session, id);
        }
        finally
        {
            _exchanging.Remove(id);
        }
    }

    private async Task Exchange(NodeSession session, LeaseId id)
    {
        if (!Ledger.Leases.TryGetValue(id, out var lease)) return;
        lease = WithNextReceipt(lease);
        var report = ReportOf(lease);
        var askedAt = _world.Virtual.Elapsed;
        if (!await Wire.Up(session)) return;
        if (Wire.IsDoubled()) _world.After(TimeSpan.Zero, () => LeaseOf(id).Report(report));
        var directive = await World.Ask(() => LeaseOf(id).Report(report));
        if (directive is null || !await Wire.Up(session)) return;

        // Its own silence counts from the question, so that the operator never waits for less than the node does.
        _heardAt[id] = askedAt;
        Obey(id, directive);
    }

    private async Task Talk()
    {
        if (IsCutOff)
        {
            LinkLost();
            return;
        }

        if (!_world.Virtual.IsUp) return;
        if (_session is null) await Connect();
        else if (++_ticksSinceCheck >= SessionCheckTicks || _saidElsewhere != Elsewhere) await CheckSession();
        foreach (var lease in Mine.Select(static lease => lease.Lease)) _world.Spawn("exchange", () => Exchange(lease));
    }

    private async Task CheckSession()
    {
        _ticksSinceCheck = 0;
        if (_session is not { } session) return;
        var isAttached = false;
        var attachment = new NodeAttachment(session.Epoch, session.Reference!, _saidElsewhere = Elsewhere, 0);
        if (!await World.Attempt(async () => isAttached = await Provider.Attach(attachment)) || isAttached) return;
        LinkLost(session);
        await Connect();
    }

    private async Task Connect()
    {
        var generation = _world.SiloGeneration;
        var session = new NodeSession(this);
        session.Reference = _world.Grains.CreateObjectReference<INodeLink>(session);
        var bindings = Mine.Where(static lease => lease.Phase != NodeLeasePhase.Ended).Select(static lease => new NodeBinding(lease.Lease, lease.Bindings));
        var connect = new NodeConnect(session.Reference, _offer, Terms, null, BootId, [.. bindings], _saidElsewhere = Elsewhere);
        var result = await World.Ask(() => Provider.Connect(connect));
        if (result is null || result.Refusal is not null || generation != _world.SiloGeneration || !IsUp || IsCutOff)
        {
            session.IsOpen = false;
            return;
        }

        session.Epoch = result.Epoch;
        _session = session;
        _world.Census.Joined();
        foreach (var lease in result.Unbound)
        {
            if (!Ledger.Leases.ContainsKey(lease)) _world.After(TimeSpan.Zero, () => LeaseOf(lease).Report(new LeaseReport(Id, lease, 0, null, [], HasEnded: true)));
        }
    }

    private NodeLease WithNextReceipt(NodeLease lease)
    {
        var provenance = new Provenance(lease.ManifestHash, lease.Images, [.. lease.Inputs.Select(static input => input.Sha256)], []);
        if (LeaseRules.NextReceipt(lease, provenance, _identity.Domain) is not { } receipt) return lease;
        var with = LeaseRules.WithReceipt(lease, receipt.Sign(Machine.Key, _identity.Domain), provenance);
        Ledger = Ledger.With(with);
        return with;
    }

    private LeaseReport ReportOf(NodeLease lease)
    {
        var workload = _world.Leases.GetValueOrDefault(lease.Lease)?.Workload;
        return new LeaseReport(
            Id, lease.Lease, lease.Seconds, lease.LastReceipt, workload is null ? [] : workload.Reports(BootMs), lease.Phase == NodeLeasePhase.Ended);
    }

    private void Obey(LeaseId id, LeaseDirective directive)
    {
        if (!Ledger.Leases.TryGetValue(id, out var lease)) return;
        if (!directive.IsKnown)
        {
            var isLost = lease.Opening is not null;
            _world.Verdicts.Check(!isLost, "INV-LEASE-01", id.ToString(), "the operator knows the lease that it opened", "it does not");
            if (lease.Phase == NodeLeasePhase.Ended) Ledger = Ledger.Without(id);
            return;
        }

        if (directive.IsSettled && lease.Phase == NodeLeasePhase.Ended)
        {
            _heardAt.Remove(id);
            Ledger = Ledger.Without(id);
            return;
        }

        Keep(lease, Told(lease, directive));
    }

    private NodeLease Told(NodeLease lease, LeaseDirective directive)
    {
        if (directive is { Opening: { } opening, PaidThrough: { } paid } && IsNews(lease, paid) && IsOperators(opening) && IsOperators(paid))
            lease = LeaseRules.Opened(lease, opening, paid);
        if (directive.Countersignature is { } signature && lease.LastReceipt is { } receipt)
            lease = LeaseRules.Countersigned(lease, receipt.Value.Seconds, signature);
        return directive.CloseCommand is { } close && lease.Close is null && IsOperators(close) ? LeaseRules.Closing(lease, close) : lease;
    }

    private static bool IsNews(NodeLease lease, Signed<PaidThrough> paid) => lease.Opening is null || paid.Value.Seconds > lease.PaidThroughSeconds;

    private bool IsOperators<T>(Signed<T> word)
        where T : ISignedType => word.IsSignedBy(_identity.Operator, _identity.Domain);

    private BoundElsewhere Elsewhere => Ledger.BoundElsewhere(_identity.Operator);

    private ILeaseGrain LeaseOf(LeaseId lease) => _world.Grains.GetGrain<ILeaseGrain>(lease.ToString());
}

using System.Collections.Immutable;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Simulation;

internal sealed partial class SimulatedNode
{
    private const double StartFailure = 0.02;
    private const double WorkloadFailure = 0.1;
    private static readonly TimeSpan ShortestBatch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMinutes(8);

    /// <summary>A proposal has come: the ledger decides, and is on the disk before the answer is sent.</summary>
    public async Task Consider(NodeSession session, LeaseProposal asked)
    {
        var proposal = OnTheWire(asked);
        var verdict = _rules.Judge(Ledger, proposal, _identity.Operator, Terms, _identity.Domain, NowUnixSeconds);
        var answer = verdict switch
        {
            { Known: { Phase: not NodeLeasePhase.Ended } known } => new NodeAnswer(asked.Lease, known.Acceptance, known.Bindings, null),
            { Accept: { } acceptance } => Accept(proposal, verdict.Manifest!, acceptance.Sign(Machine.Key, _identity.Domain)),
            _ => new NodeAnswer(asked.Lease, null, null, verdict.Known is null ? verdict.Message : "the lease has ended here."),
        };
        if (answer.Refusal?.StartsWith("bound already", StringComparison.Ordinal) == true) _world.ProposalsRefusedAsBound++;
        if (await Wire.Up(session)) await World.Attempt(() => Provider.Answer(session.Epoch, answer));
    }

    /// <summary>The operator has let go of an acceptance, or settled the lease.</summary>
    public Task Released(LeaseId lease)
    {
        if (Ledger.Leases.TryGetValue(lease, out var known) && known.Phase == NodeLeasePhase.Accepted) Ledger = Ledger.Without(lease);
        return Task.CompletedTask;
    }

    private NodeAnswer Accept(Proposal proposal, Manifest manifest, Signed<Acceptance> acceptance)
    {
        var token = acceptance.Value.Token;
        _world.Verdicts.Check(token.CompareTo(Machine.NewestToken) > 0, "INV-NODE-02", Id.ToString(), $"a token after {Machine.NewestToken}", token.ToString());
        Machine.NewestToken = token;
        Ledger = ProposalRules.Accepted(Ledger, proposal, _identity.Operator, manifest, acceptance);
        var lease = Ledger.Leases[proposal.Lease];
        var copyOf = $"{proposal.Authorization.Value.Digest(_identity.Domain)}/{proposal.Placement}/{proposal.Ordinal}";
        _world.Leases[proposal.Lease] = new LeaseHistory(
            proposal.Lease, this, proposal.Order, copyOf, proposal.Requested, lease.StopsOnPartition, _world.Virtual.Elapsed)
        { Seen = _world.Leases.GetValueOrDefault(proposal.Lease)?.Seen };
        return new NodeAnswer(proposal.Lease, acceptance, proposal.Requested, null);
    }

    private static Proposal OnTheWire(LeaseProposal asked) => new(
        new OperationId(asked.Lease.Value), asked.Lease, asked.Order, asked.Authorization, asked.Manifest, asked.Placement, (uint)asked.Ordinal, asked.Wanted,
        asked.Rate, (uint)asked.FeePpm, (int)asked.RunAheadSeconds, asked.ExpiresAt.ToUnixTimeSeconds(), asked.Secrets, asked.Inputs, asked.TenantKey);

    /// <summary>Once a tick: count, start what is opened, end what has to end.</summary>
    private void Tick()
    {
        foreach (var lease in Mine)
        {
            if (LeaseRules.HasExpired(lease, NowUnixSeconds)) Ledger = Ledger.Without(lease.Lease);
            else if (lease.Phase is NodeLeasePhase.Starting or NodeLeasePhase.Running) Keep(lease, Advanced(lease));
        }
    }

    private void Keep(NodeLease before, NodeLease after)
    {
        if (!ReferenceEquals(before, after)) Ledger = Ledger.With(after);
    }

    private NodeLease Advanced(NodeLease lease)
    {
        if (!_world.Leases.TryGetValue(lease.Lease, out var history)) return LeaseRules.Ended(lease, CloseReason.ProviderFailed);
        if (lease.Phase == NodeLeasePhase.Starting) lease = Started(lease, history);
        if (history.Workload is not { } workload) return LeaseRules.Ended(lease, CloseReason.ProviderFailed);

        lease = _rules.Tick(lease, BootId, CountedMs(workload));
        if (workload.HasExited(BootMs)) return LeaseRules.Ended(lease, workload.HasSucceeded ? CloseReason.Completed : CloseReason.WorkloadFailed);
        var reason = _rules.DueStop(lease, _world.Virtual.Elapsed - _heardAt.GetValueOrDefault(lease.Lease, history.AcceptedAt), _world.Options.Parameters.LostAfter);
        if (reason == CloseReason.None) return lease;
        workload.Stop(BootMs);
        return LeaseRules.Ended(lease, reason);
    }

    private long CountedMs(Workload workload) => _rules.BootClock(workload.LastMs(BootMs), Clock.Offset);

    private NodeLease Started(NodeLease lease, LeaseHistory history)
    {
        var manifest = ManifestTexts.Read(lease.Manifest);
        var placement = manifest.FindPlacement(lease.Placement)!;
        var isBatch = placement.Groups.All(group => manifest.FindService(group.Service)!.Kind == ServiceKind.Batch);
        var fails = _random.Chance(StartFailure);
        long? endsMs = fails ? BootMs : isBatch ? BootMs + (long)_random.Between(ShortestBatch, LongestBatch).TotalMilliseconds : null;
        var services = placement.Groups.SelectMany(group => Enumerable.Range(0, placement.Spread ? 1 : group.Count).Select(replica => (group.Service, replica)));
        history.Started(new Workload(BootMs, endsMs, fails || _random.Chance(WorkloadFailure) ? 1 : 0, [.. services]));
        return LeaseRules.Started(lease, BootId, _rules.BootClock(BootMs, Clock.Offset));
    }
}

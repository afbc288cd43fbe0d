using System.Collections.Concurrent;
using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Runtime.Simulation;
using Grid.Simulation;

namespace Grid.Bench.Orders;

/// <summary>Answers proposals at once, by the real node's rules and with its signature.</summary>
internal sealed class BenchNode(BenchOperator bench, int index, Action<DeploymentId, LeaseId> opened) : INodeLink
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly ConcurrentDictionary<LeaseId, DeploymentId> _proposed = new();
    private OfferTerms _terms = null!;
    private INodeLink? _link;
    private long _epoch;

    public NodeLedger Ledger { get; private set; } = new();

    public bool IsOversold => Ledger.Bound.Sum(static bound => bound.CpuMillis) > _terms.Capacity.CpuMillis;

    public async Task ConnectAsync()
    {
        _terms = NodeOffers.Terms(_key.Address, index, new SimulatedRandom((ulong)index));
        _link = bench.Client.CreateObjectReference<INodeLink>(this);
        var result = await Provider.Connect(new NodeConnect(_link, NodeOffers.Sign(_terms, _key, bench.Identity.Domain), _terms, null, "boot", []));
        _epoch = result.Refusal is null ? result.Epoch : throw new InvalidOperationException($"The bench's own offer is refused: {result.Refusal}");
    }

    public Task Propose(LeaseProposal asked)
    {
        _proposed[asked.Lease] = asked.Deployment;
        var proposal = new Proposal(
            new OperationId(asked.Lease.Value), asked.Lease, asked.Order, asked.Authorization, asked.Manifest, asked.Placement, (uint)asked.Ordinal, asked.Wanted,
            asked.Rate, (uint)asked.FeePpm, (int)asked.RunAheadSeconds, asked.ExpiresAt.ToUnixTimeSeconds(), asked.Secrets, asked.Inputs, asked.TenantKey);
        return Provider.Answer(_epoch, Answered(proposal));
    }

    /// <summary>Its provider confirms a lease as soon as that is open.</summary>
    public Task LeaseChanged(LeaseId lease)
    {
        if (_proposed.TryRemove(lease, out var deployment)) opened(deployment, lease);
        return Task.CompletedTask;
    }

    public Task Release(LeaseId lease)
    {
        Ledger = Ledger.Without(lease);
        return Task.CompletedTask;
    }

    public Task Superseded(long epoch) => Task.CompletedTask;

    private IProviderGrain Provider => bench.Client.GetGrain<IProviderGrain>(new ProviderId(_key.Address).ToString());

    private NodeAnswer Answered(Proposal proposal)
    {
        var verdict = ProposalRules.Judge(Ledger, proposal, bench.Identity.Operator, _terms, new NodeAbilities(RunsImages: false), bench.Identity.Domain, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        if (verdict.Known is { } known) return new NodeAnswer(proposal.Lease, known.Acceptance, known.Bindings, null);
        if (verdict.Accept is not { } acceptance) return new NodeAnswer(proposal.Lease, null, null, verdict.Message);
        var signed = acceptance.Sign(_key, bench.Identity.Domain);
        Ledger = ProposalRules.Accepted(Ledger, proposal, bench.Identity.Operator, verdict.Manifest!, signed);
        return new NodeAnswer(proposal.Lease, signed, proposal.Requested, null);
    }
}

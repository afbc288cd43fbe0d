using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Tests.Grains.Providers;
using Orleans.Runtime;

namespace Grid.Tests.Grains.Cluster;

/// <summary>A node that answers proposals, counts seconds, signs receipts and does what the operator's directives say.</summary>
internal sealed class FakeNode : INodeLink
{
    private readonly World _world;
    private readonly PrivateKey _key;
    private readonly SortedDictionary<LeaseId, RunningLease> _leases = [];
    private ulong _token;

    public FakeNode(World world, int number)
    {
        (_world, Number, _key) = (world, number, Some.ProviderKey(number));
        Terms = SampleOffer.Terms(number);
    }

    public int Number { get; }

    public ProviderId Id => new(_key.Address);

    public OfferTerms Terms { get; init; }

    public long Epoch { get; private set; }

    /// <summary>Newest epoch that an older link was told of.</summary>
    public long SupersededBy { get; private set; }

    public int Proposals { get; private set; }

    /// <summary>Why a proposal is refused; null to accept it.</summary>
    public Func<string?> Refuse { get; set; } = static () => null;

    /// <summary>It hears proposals and says nothing.</summary>
    public bool IsMute { get; set; }

    /// <summary>It neither hears nor reports; its workloads go on.</summary>
    public bool IsAway { get; set; }

    /// <summary>A batch succeeds after this many seconds.</summary>
    public long BatchSeconds { get; set; } = long.MaxValue;

    public IReadOnlyCollection<RunningLease> Leases => _leases.Values;

    public ConnectResult Connect(OfferTerms? terms = null)
    {
        var (offered, signed) = (terms ?? Terms, SampleOffer.Signed(terms ?? Terms, Number));
        var bindings = _leases.Values.Where(lease => !lease.HasEnded).Select(lease => new NodeBinding(lease.Id, lease.Proposal.Wanted));
        var result = _world.Ask(grains => grains.GetGrain<IProviderGrain>(Id.ToString()).Connect(
            new NodeConnect(grains.CreateObjectReference<INodeLink>(this), signed, offered, null, "boot", [.. bindings])));
        if (result.Refusal is null) Epoch = result.Epoch;
        return result;
    }

    public void Disconnect() => _world.Do(grains => grains.GetGrain<IProviderGrain>(Id.ToString()).Disconnect(Epoch));

    /// <summary>As the session does that holds its link.</summary>
    public bool Attach(long epoch, BoundElsewhere? elsewhere = null) => _world.Ask(grains => grains.GetGrain<IProviderGrain>(Id.ToString()).Attach(
        new NodeAttachment(epoch, grains.CreateObjectReference<INodeLink>(this), elsewhere ?? BoundElsewhere.Nothing, 0)));

    public ProviderView View() => _world.Ask(grains => grains.GetGrain<IProviderGrain>(Id.ToString()).GetView())!;

    /// <summary>Its disk has lost the lease.</summary>
    public void Forget(LeaseId lease) => _leases.Remove(lease);

    public void StartReporting() => _ = _world.Silo.Spawn($"node {Number}", async () =>
    {
        while (true)
        {
            await Task.Delay(_world.Tick, _world.Silo.Time);
            if (!IsAway) await ReportAll();
        }
    });

    public async Task Propose(LeaseProposal proposal)
    {
        Proposals++;
        if (IsMute || IsAway) return;
        var provider = _world.Grains.GetGrain<IProviderGrain>(Id.ToString());
        if (Refuse() is { } refusal)
        {
            await provider.Answer(Epoch, new NodeAnswer(proposal.Lease, null, null, refusal));
            return;
        }

        if (!_leases.TryGetValue(proposal.Lease, out var lease))
        {
            lease = new RunningLease(proposal, Accept(proposal));
            _leases[proposal.Lease] = lease;
        }

        await provider.Answer(Epoch, new NodeAnswer(proposal.Lease, lease.Acceptance, proposal.Wanted, null));
    }

    /// <summary>How often it was told to look at a lease again.</summary>
    public int Nudges { get; private set; }

    public Task LeaseChanged(LeaseId lease)
    {
        Nudges++;
        return IsAway || !_leases.TryGetValue(lease, out var running) ? Task.CompletedTask : Report(running);
    }

    public Task Release(LeaseId lease) => Task.CompletedTask;

    public Task Superseded(long epoch)
    {
        SupersededBy = epoch;
        return Task.CompletedTask;
    }

    private Signed<Acceptance> Accept(LeaseProposal proposal) => new Acceptance(
        proposal.Lease, proposal.Authorization.Value.Digest(Some.Identity.Domain), Id, new FencingToken(++_token), proposal.Wanted.Hash(), proposal.Rate, (uint)proposal.FeePpm,
        proposal.ExpiresAt.ToUnixTimeSeconds()).Sign(_key, Some.Identity.Domain);

    private async Task ReportAll()
    {
        foreach (var lease in _leases.Values.ToArray()) await Report(lease);
    }

    private async Task Report(RunningLease lease)
    {
        try
        {
            await ReportOnce(lease);
            if (lease.MustStop) await ReportOnce(lease);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            // The next tick says the same.
        }
    }

    private async Task ReportOnce(RunningLease lease)
    {
        var report = lease.Report(Id, _key, _world.Silo.Time, BatchSeconds);
        var directive = await _world.Grains.GetGrain<ILeaseGrain>(lease.Id.ToString()).Report(report);
        lease.Follow(directive, report, _world.Silo.Time);
        if (lease.IsForgotten) _leases.Remove(lease.Id);
    }
}

using System.Collections.Immutable;
using Grid.Gpus;
using Grid.Leases;
using Grid.Matching;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Reputation;
using Grid.Shards;
using Orleans;
using Orleans.Runtime;

namespace Grid.Providers;

public sealed class ProviderGrain : Grain, IProviderGrain
{
    private readonly AcknowledgedState<ProviderState> _stored;
    private readonly AcknowledgedState<ProviderLedgerState> _promised;
    private readonly GridParameters _parameters;
    private readonly GridIdentity _identity;
    private readonly RegionMap _regions;
    private readonly TimeProvider _time;
    private readonly SortedDictionary<LeaseId, NodeAnswer> _answers = [];
    private readonly ListedRows _listed = new();
    private readonly KeptRoom _room = new();
    private IGrainTimer? _roomTimer;
    private GuidePrices? _guides;
    private (OfferTerms Of, VerifiedAudits Audits)? _audits;
    private ProviderId? _id;
    private INodeLink? _link;
    private long _endedEpoch;
    private BoundElsewhere _elsewhere = BoundElsewhere.Nothing;
    private ReputationStanding? _standing;
    private IGrainTimer? _holdTimer;
    private int _roundTripMs = OfferRows.UnmeasuredRoundTripMs;

    public ProviderGrain(
        [PersistentState("provider")] IPersistentState<ProviderState> storage,
        [PersistentState("promised")] IPersistentState<ProviderLedgerState> ledger,
        GridParameters parameters,
        GridIdentity identity,
        RegionMap regions,
        TimeProvider time)
    {
        _stored = new AcknowledgedState<ProviderState>(storage, this);
        _promised = new AcknowledgedState<ProviderLedgerState>(ledger, this);
        (_parameters, _identity, _regions, _time) = (parameters, identity, regions, time);
    }

    private ProviderId Id => _id ??= ProviderId.Parse(this.GetPrimaryKeyString());

    private ProviderState State => _stored.Value;

    private CapacityLedger Ledger => _promised.Value.Ledger;

    private ImmutableArray<OfferRow> Rows() =>
        _link is null || State.Terms is null || MaintenanceWithin(_parameters.DefaultRunAheadSeconds) is not null
            ? []
            : _listed.Of(Offering, Now);

    /// <summary>As <see cref="Rows"/>, without the room that is being made for an order that stands.</summary>
    private ImmutableArray<OfferRow> ListedNow()
    {
        var rows = Rows();
        return rows.IsEmpty || !_room.HidesRoom(Now, Fit) ? rows : [.. rows.Select(static row => row with { Free = default })];
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private ProviderOffering Offering =>
        new(State.Terms!, State.Offer!.Value.TermsHash, Ledger, _standing, _roundTripMs, _elsewhere, Guides.Known, Audits);

    private bool FollowsGuides => State.Terms?.Prices.Guided is { IsEmpty: false };

    /// <summary>Verified once for each version of the terms.</summary>
    private VerifiedAudits Audits
    {
        get
        {
            if (_audits is not { } verified || !ReferenceEquals(verified.Of, State.Terms))
                _audits = (State.Terms!, VerifiedAudits.Of(State.Terms!, _identity.Domain));
            return _audits!.Value.Audits;
        }
    }

    private GuidePrices Guides => _guides ??= new GuidePrices(GrainFactory, Id);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!_promised.Exists && !State.Ledger.Entries.IsEmpty) await Store(State.Ledger);
        _standing = await Reputation().GetStanding();
    }

    public async Task<ConnectResult> Connect(NodeConnect connect)
    {
        var refusal = OfferCheck.Refusal(Id, connect.Offer, connect.Terms, connect.Consent, State.Offer, _identity, _parameters, Now);
        if (refusal is not null) return new ConnectResult(0, refusal, []);

        var page = _stored.Exists ? State.ShardPage : await Shard.Join(GrainFactory, ShardKind.Providers, this.GetPrimaryKeyString());
        await Shard.Join(GrainFactory, ShardKind.Regions, connect.Terms.Region);
        await DropExpired();
        var unbound = Unbound(connect.Bindings);
        var before = State.Terms?.Region;
        await Store(Adopted(connect.Bindings));
        await _stored.Store(State with
        {
            Terms = connect.Terms,
            Offer = connect.Offer,
            Consent = connect.Consent,
            Epoch = State.Epoch + 1,
            BootId = connect.BootId,
            ShardPage = page,
        });

        if (_link is not null) await _link.Superseded(State.Epoch);
        (_link, _elsewhere) = (connect.Link, connect.Elsewhere ?? BoundElsewhere.Nothing);
        if (FollowsGuides) await Guides.Report(Offering, Now);
        await TellMatchmaker(before);
        return new ConnectResult(State.Epoch, null, unbound);
    }

    public async Task Disconnect(long epoch)
    {
        if (epoch != State.Epoch) return;
        (_link, _endedEpoch) = (null, epoch);
        await TellMatchmaker(null, hasRoom: false);
        await Guides.Withdraw();
    }

    public async Task<bool> Attach(NodeAttachment attachment)
    {
        if (attachment.Epoch != State.Epoch || attachment.Epoch == _endedEpoch) return false;
        if (attachment.RoundTripMs > 0) _roundTripMs = attachment.RoundTripMs;
        var isKnown = _link is not null && _elsewhere == attachment.Elsewhere;
        if (!isKnown) (_link, _elsewhere) = (attachment.Link, attachment.Elsewhere);
        if (!isKnown) await TellMatchmaker(null);
        if (Guides.IsNews(Offering) && await Guides.Report(Offering, Now) && FollowsGuides) await TellMatchmaker(null);
        return true;
    }

    public async Task<OfferResult> ChangeOffer(long epoch, Signed<Offer> offer, OfferTerms terms)
    {
        if (epoch != State.Epoch) return new OfferResult(false, $"session epoch is {epoch}, the current one is {State.Epoch}: reconnect.");
        var refusal = OfferCheck.Refusal(Id, offer, terms, State.Consent, State.Offer, _identity, _parameters, Now);
        if (refusal is not null) return new OfferResult(false, refusal);
        var before = State.Terms?.Region;
        await Shard.Join(GrainFactory, ShardKind.Regions, terms.Region);
        await _stored.Store(State with { Offer = offer, Terms = terms });
        if (FollowsGuides) await Guides.Report(Offering, Now);
        await TellMatchmaker(before);
        return new OfferResult(true, null);
    }

    public async Task Answer(long epoch, NodeAnswer answer)
    {
        if (epoch == State.Epoch) await Remember(answer);
    }

    public Task<Bid> Quote(QuoteRequest request)
    {
        OfferRow? live = null;
        var isClosed = _room.IsAgainst(request.Order, Now) || MaintenanceWithin(request.Requirement.RunAheadSeconds) is not null;
        foreach (var row in isClosed ? [] : Rows())
            if (row.Gpu.Model == request.GpuModel) live = row;
        var availableUntil = (Now + _parameters.Tick * Limits.BidTicks).ToUnixTimeMilliseconds();
        return Task.FromResult(Bids.Of(Id, live, request, _regions, _parameters.AcceptsPretendedGpus, availableUntil));
    }

    public async Task<HoldResult> Hold(HoldRequest request)
    {
        if (Ledger.Entries.TryGetValue(request.Lease, out var known) && known.IsLiveAt(Now)) return new HoldResult(known.Bindings, known.IsPretended, null);
        if (_link is null) return new HoldResult(null, false, "the provider has no session.");
        if (_room.IsAgainst(request.Order, Now)) return new HoldResult(null, false, "its room is kept for an order that waits for longer.");
        if (MaintenanceWithin(request.Requirement.RunAheadSeconds) is { } away)
            return new HoldResult(null, false, $"the provider is in maintenance from {away.FromUnixSeconds} to {away.ToUnixSeconds}.");
        await DropExpired();
        if (Ledger.Entries.Count >= Limits.LiveLeases) return new HoldResult(null, false, $"the provider has {Limits.LiveLeases} leases already.");

        var entry = Offering.EntryFor(request, Now, Now + _parameters.HoldExpiry);
        if (entry is null) return new HoldResult(null, false, "the provider's free capacity no longer covers the order.");
        if (!await HoldDevices(request.Lease, entry)) return new HoldResult(null, false, "one of the provider's devices is taken.");

        await Store(Ledger.With(request.Lease, entry));
        WatchHolds();
        var wasKept = _room.IsFor(request.Order, Now);
        if (wasKept) _room.LetGo();
        await TellMatchmaker(null, hasRoom: wasKept);
        return new HoldResult(entry.Bindings, entry.IsPretended, null);
    }

    public async Task<bool> Propose(LeaseProposal proposal)
    {
        var isHeld = Ledger.Entries.TryGetValue(proposal.Lease, out var entry) && entry.IsLiveAt(Now);
        if (!isHeld || _link is null) return false;
        if (!_answers.ContainsKey(proposal.Lease)) await _link.Propose(proposal);
        return true;
    }

    public Task<NodeAnswer?> GetAnswer(LeaseId lease) => Task.FromResult(_answers.GetValueOrDefault(lease));

    public async Task<bool> Confirm(LeaseId lease)
    {
        if (!Ledger.Entries.TryGetValue(lease, out var entry)) return false;
        foreach (var device in entry.Bindings.Devices) await ConfirmDevice(lease, device);
        if (entry.ExpiresAt is not null) await Store(Ledger.With(lease, entry with { ExpiresAt = null }));
        await Nudge(lease);
        return true;
    }

    public async Task Release(LeaseId lease)
    {
        _answers.Remove(lease);
        if (!Ledger.Entries.TryGetValue(lease, out var entry))
        {
            // Its entry may have gone before its devices were told.
            foreach (var device in State.Terms?.Devices ?? []) await Gpu(device.Uuid).Release(lease);
            return;
        }

        foreach (var device in entry.Bindings.Devices) await Gpu(device.Uuid).Release(lease);
        await Store(Ledger.Without(lease));
        if (_link is not null) await _link.Release(lease);
        await TellMatchmaker(null);
    }

    public async Task Nudge(LeaseId lease)
    {
        if (_link is not null) await _link.LeaseChanged(lease);
    }

    public Task<ImmutableArray<OfferRow>> GetRows() => Task.FromResult(ListedNow());

    public Task<ImmutableArray<RoomFit>> Fits(ImmutableArray<MatchRequirement> requirements)
    {
        var room = Room;
        return Task.FromResult(requirements.Select(requirement => room?.Of(requirement) ?? RoomFit.Never).ToImmutableArray());
    }

    public async Task<RoomAnswer> KeepRoom(RoomRequest request)
    {
        var fit = Fit(request.Requirement);
        var isWanted = fit == RoomFit.Now || (fit == RoomFit.Later && request.Drains);
        if (!isWanted || !_room.TryKeep(request, Now, Now + _parameters.Tick * Limits.RoomTicks)) return new RoomAnswer(fit, false);
        _roomTimer?.Dispose();
        _roomTimer = this.RegisterGrainTimer(
            _ => LetRoomGo(),
            new GrainTimerCreationOptions
            {
                DueTime = _parameters.Tick * Limits.RoomTicks,
                Period = Timeout.InfiniteTimeSpan,
                KeepAlive = true
            });
        await TellMatchmaker(null, hasRoom: false);
        return new RoomAnswer(fit, true);
    }

    public Task<ImmutableArray<LeaseId>> GetLeases() =>
        Task.FromResult(Ledger.Entries.Where(static entry => entry.Value.ExpiresAt is null).Select(static entry => entry.Key).ToImmutableArray());

    public Task<ProviderUnits> GetUnits() => Task.FromResult(State.Terms is { } terms ? RewardUnits.Of(terms, Ledger) : new ProviderUnits(0, 0));

    public Task<ProviderView?> GetView() => Task.FromResult(State.Terms is null
        ? null
        : new ProviderView(
            Id, State.Terms, _link is not null, State.Epoch, Offering.FreeAt(Now),
            Ledger.Entries.Count(entry => entry.Value.IsLiveAt(Now)), State.Offer?.Value.Version ?? 0, Offering.Asked));

    /// <summary>Frees what expired holds bound, and lets the index read the row again.</summary>
    public async Task LookAgain()
    {
        // Before the node's first connection too: whoever asked about it has woken this activation, and with it what it knows of its standing.
        _standing = await Reputation().GetStanding();
        if (State.Terms is null) return;
        await SweepHolds(CancellationToken.None);
        await DropOver();
        if (MaintenanceWithin(0) is not null) await CloseForMaintenance();
        if (_link is not null) await Guides.Report(Offering, Now);
        await TellMatchmaker(null);
    }

    public async Task GuidePriceMoved()
    {
        if (_link is not null && FollowsGuides && await Guides.Report(Offering, Now)) await TellMatchmaker(null);
    }

    /// <summary>Frees what leases that are over still bind: the message that should have done it was lost, or came before one that was late.</summary>
    private async Task DropOver()
    {
        foreach (var lease in Ledger.Entries.Where(static entry => entry.Value.ExpiresAt is null).Select(static entry => entry.Key).ToArray())
        {
            if (await GrainFactory.GetGrain<ILeaseGrain>(lease.ToString()).TryFreeRoom()) await Release(lease);
        }
    }

    /// <summary>Its leases go elsewhere; their tenants owe nothing for what is not run.</summary>
    private async Task CloseForMaintenance()
    {
        foreach (var lease in await GetLeases()) await GrainFactory.GetGrain<ILeaseGrain>(lease.ToString()).Close(CloseReason.Maintenance);
    }

    /// <summary>What is announced for now or begins within so many seconds.</summary>
    private Maintenance? MaintenanceWithin(long seconds)
    {
        var now = Now.ToUnixTimeSeconds();
        return _standing?.MaintenanceIn(now, now + seconds + 1);
    }

    private async Task SweepHolds(CancellationToken cancellationToken)
    {
        if (await DropExpired()) await TellMatchmaker(null);
        if (Ledger.Entries.Values.All(static entry => entry.ExpiresAt is null)) StopWatchingHolds();
    }

    /// <summary>Frees what expired holds bound, once their leases can no longer open on them. One that has opened keeps its room, though its confirmation was lost.</summary>
    /// <returns>Whether anything was freed.</returns>
    private async Task<bool> DropExpired()
    {
        var at = Now;
        if (!Ledger.HasExpiredAt(at)) return false;
        var expired = Ledger.Entries.Where(entry => !entry.Value.IsLiveAt(at)).ToArray();
        foreach (var (lease, entry) in expired)
        {
            var isFree = await GrainFactory.GetGrain<ILeaseGrain>(lease.ToString()).TryFreeRoom();
            if (isFree) await LetGo(lease, entry);
            else await Confirm(lease);
        }

        await Store(Ledger.SweptAt(at));
        return true;
    }

    private async Task LetGo(LeaseId lease, CapacityEntry entry)
    {
        foreach (var device in entry.Bindings.Devices) await Gpu(device.Uuid).Release(lease);
        _answers.Remove(lease);
    }

    private async Task ConfirmDevice(LeaseId lease, BoundDevice device)
    {
        var gpu = Gpu(device.Uuid);
        if (await gpu.Confirm(lease)) return;

        // Its own hold has expired meanwhile, or the node had bound the device before anybody held it here.
        var hold = await gpu.Hold(new GpuHold(lease, device.ShareMillis, BoundDevice.WholeMillis, Now + _parameters.HoldExpiry));
        if (hold.IsHeld) await gpu.Confirm(lease);
    }

    private void WatchHolds() => _holdTimer ??= this.RegisterGrainTimer(SweepHolds, new GrainTimerCreationOptions { DueTime = _parameters.HoldExpiry, Period = _parameters.Tick, KeepAlive = true });

    private void StopWatchingHolds()
    {
        _holdTimer?.Dispose();
        _holdTimer = null;
    }

    private async Task<bool> HoldDevices(LeaseId lease, CapacityEntry entry)
    {
        foreach (var device in entry.Bindings.Devices)
        {
            var hold = await Gpu(device.Uuid).Hold(new GpuHold(lease, (int)device.ShareMillis, (int)BoundDevice.WholeMillis, entry.ExpiresAt!.Value));
            if (hold.IsHeld) continue;
            foreach (var taken in entry.Bindings.Devices) await Gpu(taken.Uuid).Release(lease);
            return false;
        }

        return true;
    }

    private async Task Remember(NodeAnswer answer)
    {
        if (!Ledger.Entries.TryGetValue(answer.Lease, out var entry)) return;
        _answers[answer.Lease] = answer;
        await GrainFactory.GetGrain<IOrderGrain>(entry.Order.ToString()).LookAgain();
    }

    /// <summary>Open leases that the node does not know of.</summary>
    private ImmutableArray<LeaseId> Unbound(ImmutableArray<NodeBinding> bindings)
    {
        var bound = bindings.Select(static binding => binding.Lease).ToHashSet();
        return [.. Ledger.Entries.Where(entry => entry.Value.ExpiresAt is null && !bound.Contains(entry.Key)).Select(static entry => entry.Key)];
    }

    /// <summary>The node's own ledger is the truth: what it has bound and this one does not know counts until its hold would have expired.</summary>
    private CapacityLedger Adopted(ImmutableArray<NodeBinding> bindings)
    {
        var ledger = Ledger;
        foreach (var binding in bindings)
        {
            if (ledger.Entries.ContainsKey(binding.Lease)) continue;
            ledger = ledger.With(binding.Lease, new CapacityEntry(default, binding.Bindings, ProviderOffering.AmountsOf(binding.Bindings), false, Now + _parameters.HoldExpiry));
        }

        return ledger;
    }

    private async Task Store(CapacityLedger ledger)
    {
        if (!ReferenceEquals(ledger, Ledger)) await _promised.Store(new ProviderLedgerState { Ledger = ledger });
    }

    /// <summary>Nobody has asked again for the room that was kept.</summary>
    private async Task LetRoomGo()
    {
        _roomTimer?.Dispose();
        _roomTimer = null;
        _room.LetGo();
        await TellMatchmaker(null);
    }

    /// <summary>Null where it lists nothing, away or in maintenance: no order waits for its room.</summary>
    private RoomFits? Room => Rows() is { IsEmpty: false } rows ? new RoomFits(Offering, rows, _regions, _parameters, Now) : null;

    private RoomFit Fit(MatchRequirement requirement) => Room?.Of(requirement) ?? RoomFit.Never;

    /// <param name="hasRoom">There may be more room than before: orders that stand are told too.</param>
    private async Task TellMatchmaker(string? formerRegion, bool hasRoom = true)
    {
        if (State.Terms is null) return;
        await GrainFactory.GetGrain<IMatchmakerGrain>(State.Terms.Region).ProviderChanged(Id);
        if (formerRegion is not null && formerRegion != State.Terms.Region) await GrainFactory.GetGrain<IMatchmakerGrain>(formerRegion).ProviderChanged(Id);
        if (!hasRoom || _link is null) return;
        await GrainFactory.GetGrain<IStandingGrain>(State.Terms.Region).CapacityAt(Id);
        await GrainFactory.GetGrain<IStandingGrain>(Matchmakers.AllRegions).CapacityAt(Id);
    }

    private IReputationGrain Reputation() => GrainFactory.GetGrain<IReputationGrain>(this.GetPrimaryKeyString());

    private IGpuGrain Gpu(string uuid) => GrainFactory.GetGrain<IGpuGrain>(new GpuKey(Id, uuid).ToString());
}

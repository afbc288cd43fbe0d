using System.Collections.Immutable;
using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Runtime;

namespace Grid.Deployments;

public sealed class DeploymentGrain : Grain, IDeploymentGrain
{
    private readonly AcknowledgedState<DeploymentState> _stored;
    private readonly GridParameters _parameters;
    private readonly GridIdentity _identity;
    private readonly TimeProvider _time;
    private Manifest? _manifest;
    private IGrainTimer? _timer;
    private bool _isQuiet;
    private int _ticksPassed;

    public DeploymentGrain([PersistentState("deployment")] IPersistentState<DeploymentState> storage, GridParameters parameters, GridIdentity identity, TimeProvider time)
    {
        _stored = new AcknowledgedState<DeploymentState>(storage, this);
        (_parameters, _identity, _time) = (parameters, identity, time);
    }

    private DeploymentId Id => DeploymentId.Parse(this.GetPrimaryKeyString());

    private DeploymentState State => _stored.Value;

    private bool IsLive => _stored.Exists && State.Phase != DeploymentPhase.Closed;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (IsLive) StartAdvancing();
        return Task.CompletedTask;
    }

    public async Task<SubmitResult> Submit(DeploymentSubmission submission)
    {
        if (_stored.Exists) return Accepted();
        if (submission.Authorization.Value.Digest(_identity.Domain) != Id.Value || !submission.Authorization.Value.Deployment.IsZero)
            return Refused("authorization", "a new deployment's id is the hash of its first authorization.");
        var (manifest, field, refusal) = SubmissionCheck.Read(submission, _parameters);
        if (manifest is null) return Refused(field, refusal);

        var authorized = await AccountOf(submission.Authorization.Value.Payer).Authorize(submission.Authorization);
        if (!authorized.IsAccepted) return Refused("authorization", authorized.Refusal!);

        var page = await Shard.Join(GrainFactory, ShardKind.Deployments, this.GetPrimaryKeyString());
        var now = _time.GetUtcNow();
        await _stored.Store(new DeploymentState
        {
            Authorization = submission.Authorization,
            Manifest = submission.Manifest,
            Secrets = submission.Secrets,
            Inputs = submission.Inputs,
            TenantKey = submission.TenantKey,
            SubmittedAt = now,
            Slots = [.. DeploymentPlan.Slots(manifest).Select(slot => slot with { PlacedAt = now })],
            ShardPage = page,
        });
        _manifest = manifest;
        StartAdvancing();
        return Accepted();
    }

    public async Task<DeploymentView?> Close(Address caller)
    {
        if (!_stored.Exists || State.Authorization!.Value.Payer != caller) return null;
        await StartClosing(CloseReason.Tenant);
        await Advance(CancellationToken.None);
        return await GetView();
    }

    public async Task LookAgain()
    {
        if (IsLive) await Advance(CancellationToken.None);
        else if (_stored.Exists) await LeaveShard();
        else await LeaveIfNeverStored();
    }

    public async Task<DeploymentView?> GetView()
    {
        if (!_stored.Exists) return null;
        var orders = await Task.WhenAll(State.Slots.SelectMany(static slot => slot.Former.Append(slot.Generation).Select(generation => (slot, generation)))
            .Select(async entry => new PlacedOrder(
                entry.slot.Placement, entry.slot.Ordinal, entry.generation, await OrderOf(entry.slot, entry.generation).GetView())));
        return new DeploymentView(Id, State.Authorization!.Value.Payer, State.Phase, State.Reason, State.SubmittedAt, State.Manifest, [.. orders], State.Authorization);
    }

    private void StartAdvancing() => _timer ??= this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = _parameters.Tick, KeepAlive = true });

    /// <summary>While all its leases run there is nothing to do, and a lease's end is hinted at: a lost hint is found some ticks later.</summary>
    private Task Tick(CancellationToken cancellationToken) =>
        _isQuiet && ++_ticksPassed < Limits.QuietTicks ? Task.CompletedTask : Advance(cancellationToken);

    /// <summary>Moves every order on from whatever it is at; a call too many changes nothing.</summary>
    private async Task Advance(CancellationToken cancellationToken)
    {
        for (var isSettled = false; IsLive && !isSettled;)
        {
            var views = await Task.WhenAll(State.Slots.Select(MoveOn));
            await GiveUpWhereNobodyFits(views);
            var slots = State.Slots.Select((slot, i) => Rollover.After(slot, views[i], State.Phase, _parameters, _time.GetUtcNow())).ToImmutableArray();
            isSettled = slots.SequenceEqual(State.Slots);
            if (!isSettled) await _stored.Store(State with { Slots = slots });
            (_isQuiet, _ticksPassed) = (IsQuiet(views), 0);
            if (slots.All(static slot => slot.IsDone)) await Finish(views);
        }
    }

    private bool IsQuiet(OrderView[] views) =>
        State.Phase == DeploymentPhase.Open
        && State.Slots.All(static slot => slot.Former.IsEmpty)
        && Array.TrueForAll(views, static order => order is { Phase: OrderPhase.Leased, Lease.Phase: LeasePhase.Active });

    private async Task<OrderView> MoveOn(OrderSlot slot)
    {
        foreach (var generation in slot.Former) await OrderOf(slot, generation).Close(RequestOf(slot, generation), CloseReason.Replaced);
        var order = OrderOf(slot, slot.Generation);
        if (slot.IsDone) return await order.GetView();
        var request = RequestOf(slot, slot.Generation);
        return State.Phase == DeploymentPhase.Open ? await order.Place(request) : await order.Close(request, State.Reason);
    }

    private async Task GiveUpWhereNobodyFits(OrderView[] views)
    {
        var now = _time.GetUtcNow();
        if (State.Slots.Where((slot, i) => Rollover.HasGivenUp(slot, views[i], _parameters, now)).Any()) await StartClosing(CloseReason.NeverStarted);
    }

    private async Task Finish(OrderView[] views)
    {
        await AccountOf(State.Authorization!.Value.Payer).EndAuthorization(Id);
        var reason = State.Reason == CloseReason.None ? Rollover.ReasonOf([.. views]) : State.Reason;
        await _stored.Store(State with { Phase = DeploymentPhase.Closed, Reason = reason, Secrets = [] });
        _timer?.Dispose();
        await LeaveShard();
    }

    /// <summary>Last of all: what is listed is swept, so a crash before it is made up for.</summary>
    private Task LeaveShard() => Shard.Leave(GrainFactory, ShardKind.Deployments, this.GetPrimaryKeyString(), State.ShardPage);

    /// <summary>It joined its shard, and then its first write failed.</summary>
    private async Task LeaveIfNeverStored()
    {
        await _stored.Reload();
        if (!_stored.Exists) await Shard.LeaveAnyPage(GrainFactory, ShardKind.Deployments, this.GetPrimaryKeyString());
        else StartAdvancing();
    }

    private OrderRequest RequestOf(OrderSlot slot, int generation)
    {
        _manifest ??= SealedManifest.Read(State.Manifest);
        return DeploymentPlan.Request(Id, State, _manifest, slot, generation, _parameters);
    }

    private async Task StartClosing(CloseReason reason)
    {
        if (State.Phase == DeploymentPhase.Open) await _stored.Store(State with { Phase = DeploymentPhase.Closing, Reason = reason });
    }

    private SubmitResult Accepted() => new(true, [.. State.Slots.Select(slot => OrderIds.Derive(Id, slot.Placement, (uint)slot.Ordinal, (uint)slot.Generation))], null, null);

    private static SubmitResult Refused(string field, string why) => new(false, [], field, why);

    private IOrderGrain OrderOf(OrderSlot slot, int generation) =>
        GrainFactory.GetGrain<IOrderGrain>(OrderIds.Derive(Id, slot.Placement, (uint)slot.Ordinal, (uint)generation).ToString());

    private IAccountGrain AccountOf(Address payer) => GrainFactory.GetGrain<IAccountGrain>(payer.ToString());
}

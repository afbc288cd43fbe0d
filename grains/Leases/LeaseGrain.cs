using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Reputation;
using Grid.Shards;
using Grid.Slashing;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Grid.Leases;

public sealed partial class LeaseGrain : Grain, ILeaseGrain
{
    private readonly AcknowledgedState<LeaseState> _stored;
    private readonly GridParameters _parameters;
    private readonly GridIdentity _identity;
    private readonly IOperatorSigner _signer;
    private readonly ISessionCensus _census;
    private readonly TimeProvider _time;
    private readonly ILogger<LeaseGrain> _log;
    private ObservedClock _clock;
    private long _heardAt;
    private long _reportedSeconds;
    private Money _reserved;
    private long _reservedAt;
    private long? _seenSettledAt;
    private bool _isForgotten;

    public LeaseGrain(
        [PersistentState("lease")] IPersistentState<LeaseState> storage,
        GridParameters parameters,
        GridIdentity identity,
        IOperatorSigner signer,
        ISessionCensus census,
        TimeProvider time,
        ILogger<LeaseGrain> log)
    {
        _stored = new AcknowledgedState<LeaseState>(storage, this);
        (_parameters, _identity, _signer, _census, _time, _log) = (parameters, identity, signer, census, time, log);
        _clock = new ObservedClock(time, new LeaseState { ObservedAt = time.GetUtcNow() }, isResumed: false);
    }

    private LeaseId Id => LeaseId.Parse(this.GetPrimaryKeyString());

    private LeaseState State => _stored.Value;

    /// <summary>A record without a phase is only a fence: see <see cref="TakeRecord"/>.</summary>
    private bool HasOpened => State.Phase != LeasePhase.None;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (HasOpened && !State.IsSettled) StartWatching(isResumed: true);
        return Task.CompletedTask;
    }

    public async Task<ReserveResult> Reserve(LeaseTerms terms)
    {
        if (HasOpened) return new ReserveResult(State.Phase == LeasePhase.Active, State.Phase == LeasePhase.Active ? null : "the lease has ended.");
        var refusal = await HoldFirstStretch(terms);
        return new ReserveResult(refusal is null, refusal, IsForMoney: refusal is not null);
    }

    public async Task<OpenResult> Open(LeaseOpening opening)
    {
        if (HasOpened) return new OpenResult(State.Phase == LeasePhase.Active, State.Phase == LeasePhase.Active ? null : "the lease has ended.");
        if (opening.Fence < State.Fence) return new OpenResult(false, "another activation of the order has taken over.", IsFenced: true);
        if (Lease.HasExpired(opening.Acceptance.Value, _time.GetUtcNow())) return new OpenResult(false, "the acceptance has expired.");
        var refusal = Lease.AcceptanceRefusal(opening.Terms, opening.Acceptance.Value, opening.Bindings);
        if (refusal is not null) return new OpenResult(false, refusal);
        if (!opening.Acceptance.IsSignedBy(opening.Terms.Provider.Value, _identity.Domain)) return new OpenResult(false, "the acceptance is not signed by its provider.");

        refusal = await HoldFirstStretch(opening.Terms);
        if (refusal is not null) return new OpenResult(false, refusal);

        var signed = await Sign(Opening.Of(opening.Acceptance.Value));
        var paidThrough = await Sign(new PaidThrough(opening.Terms.Lease, Metering.Covered(opening.Terms, _reserved, Metering.TargetSeconds(opening.Terms, 0, _parameters.TickSeconds))));
        var page = await Shard.Join(GrainFactory, ShardKind.Leases, this.GetPrimaryKeyString());
        _clock = new ObservedClock(_time, new LeaseState { ObservedAt = _time.GetUtcNow() }, isResumed: false);
        await Store(Lease.Open(opening, signed, _reserved, paidThrough, _time.GetUtcNow()) with { ShardPage = page });
        StartWatching(isResumed: false);
        return new OpenResult(true, null);
    }

    public async Task<LeaseView> Fence(long fence)
    {
        if (!HasOpened && fence > State.Fence) await _stored.Store(State with { Fence = fence });
        return View();
    }

    public async Task<LeaseDirective> Report(LeaseReport report)
    {
        if (!HasOpened || State.Terms!.Provider != report.Provider) return new LeaseDirective(false, null, null, null, null, false);
        if (State.IsSettled) return Directive(report);

        _heardAt = _time.GetTimestamp();
        // A node stops at what is paid, so that it can mean no more.
        var seconds = Math.Clamp(report.Seconds, 0, State.PaidThroughSeconds);
        _reportedSeconds = Math.Max(_reportedSeconds, seconds);
        var next = Lease.WithServices(State, report.Services, _time.GetUtcNow());
        next = await WithReceipt(next, report.Receipt, report.Provenance);
        next = await WithMoreTime(next, seconds);
        var reason = report.HasEnded && next.Phase == LeasePhase.Active ? EndedReason(next, seconds) : Lease.DueReason(next, seconds);
        if (reason != CloseReason.None) next = await Closing(next, reason);
        if (report.HasEnded && IsLastWord(next, seconds)) next = Lease.Closed(next, _time.GetUtcNow());

        await StoreIfChanged(next);
        await SettleIfClosed();
        return Directive(report);
    }

    public async Task<LeaseView> Close(CloseReason reason)
    {
        if (HasOpened && State.Phase == LeasePhase.Active) await Store(await Closing(State, reason));
        return View();
    }

    public async Task<bool> Abandon(LeaseTerms terms)
    {
        if (HasOpened) return false;
        _reserved = Money.Zero;
        await TakeRecord();
        await AccountOf(terms.Payer).Release(terms.Lease);
        return true;
    }

    public async Task<bool> TryFreeRoom()
    {
        if (HasOpened) return State.Phase == LeasePhase.Closed;
        await TakeRecord();
        return true;
    }

    public async Task Book(Money charged)
    {
        if (State.IsBooked || State.Phase != LeasePhase.Closed || charged < State.Charged) return;
        await Store(State with { IsBooked = true });
    }

    public async Task HoldFound(Address payer)
    {
        if (HasOpened) return;
        var isFresh = _reserved > Money.Zero && _time.GetElapsedTime(_reservedAt) < _parameters.HoldExpiry;
        if (isFresh) return;
        _reserved = Money.Zero;
        await TakeRecord();
        await AccountOf(payer).Release(Id);
    }

    public async Task LookAgain()
    {
        if (!HasOpened) await LeaveIfNeverOpened();
        else if (State.IsSettled) await TidyUp();
        else await Sweep(CancellationToken.None);
    }

    public Task<LeaseBill?> GetBill() => Task.FromResult(State.Opening is { } opening
        ? new LeaseBill(opening, State.LastReceipt, State.LastCountersignature, State.LastProvenance, State.CloseCommand)
        : null);

    public Task<LeaseObligation?> GetObligation() => Task.FromResult(State.Phase == LeasePhase.Active || State.WasLost
        ? new LeaseObligation(State.Terms!.Deployment, State.OpenedAt, State.Opening!, State.PaidThrough!, State.LastReceipt)
        : null);

    public Task<LeaseView> GetView() => Task.FromResult(View());

    private LeaseView View() => Lease.View(Id, State);

    private void StartWatching(bool isResumed)
    {
        _clock = new ObservedClock(_time, State, isResumed);
        _reportedSeconds = State.BilledSeconds;
        _heardAt = _time.GetTimestamp();
        this.RegisterGrainTimer(Sweep, new GrainTimerCreationOptions { DueTime = _parameters.Tick, Period = _parameters.Tick, KeepAlive = true });
    }

    /// <summary>Finds what lost messages should have caused: a lost node, a duration that is over, a last receipt that never came, a settlement half done.</summary>
    private async Task Sweep(CancellationToken cancellationToken)
    {
        if (!HasOpened || State.IsSettled) return;
        var now = _time.GetUtcNow();
        if (State.Phase == LeasePhase.Active && _census.HasKeptHalf && Lease.IsLost(State, _time.GetElapsedTime(_heardAt), _parameters))
        {
            LogLost(Id, State.Terms!.Provider);
            var reason = State.Terms.OnPartition == PartitionRule.Keep ? CloseReason.Replaced : CloseReason.ProviderFailed;
            await Store(await Closing(State, reason) with { WasLost = true });
            await TellSlashing();
            await Tell();
        }

        if (State.Phase == LeasePhase.Closing && now >= State.SettleBy) await Store(Lease.Closed(State, now));
        await SettleIfClosed();
    }

    /// <summary>
    /// Takes the record before money is let go: an older activation that is still opening this lease on that money fails to store it. Here too the write
    /// fails where that one was first.
    /// </summary>
    private Task TakeRecord() => _stored.Store(State);

    private async Task<string?> HoldFirstStretch(LeaseTerms terms)
    {
        var wanted = terms.Rate.ChargeRoundedDown(Metering.TargetSeconds(terms, 0, _parameters.TickSeconds));
        var minimum = Money.Min(wanted, terms.Rate.ChargeRoundedDown(Limits.FirstStretchTicks * _parameters.TickSeconds));
        var hold = await AccountOf(terms.Payer).Hold(new MoneyHold(terms.Lease, terms.Deployment, wanted, minimum));
        if (hold.Refusal is not null) return hold.Refusal;
        _reserved = hold.GrantedTotal;
        _reservedAt = _time.GetTimestamp();
        return null;
    }

    private async Task<LeaseState> WithReceipt(LeaseState state, Signed<Receipt>? receipt, Provenance? provenance)
    {
        if (receipt is null || receipt == state.LastReceipt || state.Phase is not (LeasePhase.Active or LeasePhase.Closing)) return state;
        var last = state.LastReceipt?.Value.Digest(_identity.Domain) ?? Hash256.Zero;
        var refusal = Lease.ReceiptRefusal(state, receipt.Value, last, _clock.PlausibleSeconds(_parameters.TickSeconds));
        if (refusal is null && !receipt.IsSignedBy(state.Terms!.Provider.Value, _identity.Domain)) refusal = "it is not signed by the provider.";
        if (refusal is not null)
        {
            LogReceiptRefused(Id, refusal);
            return state;
        }

        var isShown = provenance?.Hash() == receipt.Value.ContentHash;
        var billed = Lease.WithReceipt(state, receipt, await _signer.SignAsync(receipt.Value.Digest(_identity.Domain)));
        return billed with { LastProvenance = isShown ? provenance : null };
    }

    private async Task<LeaseState> WithMoreTime(LeaseState state, long seconds)
    {
        if (state.Phase != LeasePhase.Active || !Metering.NeedsExtension(state.Terms!, seconds, state.PaidThroughSeconds)) return state;
        var lived = Math.Min(seconds, _clock.PlausibleSeconds(_parameters.TickSeconds));
        var target = Metering.TargetSeconds(state.Terms!, lived, _parameters.TickSeconds);
        var wanted = state.Terms!.Rate.ChargeRoundedDown(target);
        var hold = await AccountOf(state.Terms.Payer).Hold(new MoneyHold(Id, state.Terms.Deployment, wanted, state.Held, IsOpen: true));
        if (hold.Refusal is not null) return state;
        var paid = Metering.Covered(state.Terms, hold.GrantedTotal, target);
        if (paid <= state.PaidThroughSeconds) return hold.GrantedTotal == state.Held ? state : state with { Held = hold.GrantedTotal };
        return state with { Held = hold.GrantedTotal, PaidThrough = await Sign(new PaidThrough(Id, paid)) };
    }

    private async Task<LeaseState> Closing(LeaseState state, CloseReason reason)
    {
        var seconds = Lease.CloseSecondsAt(state, _reportedSeconds, _clock.Seconds);
        var command = await Sign(new Close(Id, seconds, reason));
        var unheard = TimeSpan.FromSeconds(Math.Max(0, state.PaidThroughSeconds - _reportedSeconds));
        var wait = Lease.IsGoodOutcome(reason) ? TimeSpan.Zero : unheard;
        return Lease.Close(state, reason, seconds, command, _time.GetUtcNow() + wait + _parameters.Tick * Limits.LastReceiptTicks);
    }

    private static CloseReason EndedReason(LeaseState state, long seconds)
    {
        var due = Lease.DueReason(state, seconds);
        return due == CloseReason.None ? CloseReason.ProviderFailed : due;
    }

    /// <summary>Whether the node's final count is all billed, as far as it may be.</summary>
    private static bool IsLastWord(LeaseState state, long seconds) =>
        state.Phase == LeasePhase.Closing && state.BilledSeconds >= Math.Min(seconds, state.CloseSeconds);

    private async Task SettleIfClosed()
    {
        if (State.Phase != LeasePhase.Closed || State.IsSettled) return;
        var terms = State.Terms!;
        var settlement = await AccountOf(terms.Payer).Settle(new LeaseCharge(Id, terms.Deployment, State.Charged, terms.FeePpm));
        // Where there is a chain, the provider is paid by the escrow: what it earns here could be spent twice.
        if (settlement.Paid > Money.Zero && !_identity.HasChain) await AccountOf(terms.Provider.Value).Credit(Id, settlement.Paid);
        await GrainFactory.GetGrain<IReputationGrain>(terms.Provider.ToString())
            .Record(new LeaseOutcome(Id, Lease.IsGoodOutcome(State.Reason), settlement.Burned, State.ClosedAt!.Value));
        if (State.WasLost) await TellSlashing();
        await Store(State with { IsSettled = true });
        _seenSettledAt = _time.GetTimestamp();
        await Tell();
    }

    /// <summary>
    /// What a settled lease leaves behind. The sweep does it until the lease has left its shard, and not before an older activation that was settling too
    /// must have found its record taken: until then the accounts recognize what it repeats.
    /// </summary>
    private async Task TidyUp()
    {
        _seenSettledAt ??= _time.GetTimestamp();
        if (_time.GetElapsedTime(_seenSettledAt.Value) < Limits.SettlementMemory) return;
        if (!_isForgotten)
        {
            await AccountOf(State.Terms!.Payer).Forget(Id);
            await AccountOf(State.Terms.Provider.Value).Forget(Id);
            _isForgotten = true;
        }

        // A settlement finds a lease by its shard: it stays there until a final root has charged it.
        if (_identity.HasChain && !State.IsBooked) return;
        await Shard.Leave(GrainFactory, ShardKind.Leases, this.GetPrimaryKeyString(), State.ShardPage);
    }

    /// <summary>It joined its shard, and then its first write failed.</summary>
    private async Task LeaveIfNeverOpened()
    {
        await _stored.Reload();
        if (!HasOpened) await Shard.LeaveAnyPage(GrainFactory, ShardKind.Leases, this.GetPrimaryKeyString());
        else StartWatching(isResumed: true);
    }

    private LeaseDirective Directive(LeaseReport report) => new(
        IsKnown: true,
        State.Opening,
        State.PaidThrough,
        report.Receipt is not null && report.Receipt == State.LastReceipt ? State.LastCountersignature : null,
        State.CloseCommand,
        State.IsSettled);

    private async Task StoreIfChanged(LeaseState next)
    {
        if (!ReferenceEquals(next, State)) await Store(next);
    }

    private Task Store(LeaseState next) => _stored.Store(next with { ObservedSeconds = _clock.Seconds, ObservedAt = _time.GetUtcNow() });

    private Task Tell() => GrainFactory.GetGrain<IOrderGrain>(State.Terms!.Order.ToString()).LookAgain();

    private Task TellSlashing() => GrainFactory.GetGrain<ISlashingGrain>(State.Terms!.Provider.ToString()).Watch(Id);

    private IAccountGrain AccountOf(Address address) => GrainFactory.GetGrain<IAccountGrain>(address.ToString());

    private async Task<Signed<T>> Sign<T>(T value)
        where T : ISignedType => new(value, await _signer.SignAsync(value.Digest(_identity.Domain)));
}

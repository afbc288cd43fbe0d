using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Providers;
using Grid.Reputation;
using Grid.Shards;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Grid.Slashing;

public sealed partial class SlashingGrain : Grain, ISlashingGrain
{
    private readonly AcknowledgedState<SlashingState> _stored;
    private readonly GridParameters _parameters;
    private readonly GridIdentity _identity;
    private readonly IOperatorSigner _signer;
    private readonly IEraWitness _eras;
    private readonly ISlashingChain _chain;
    private readonly TimeProvider _time;
    private readonly ILogger<SlashingGrain> _log;
    private IGrainTimer? _timer;

    public SlashingGrain(
        [PersistentState("slashing")] IPersistentState<SlashingState> storage,
        GridParameters parameters,
        GridIdentity identity,
        IOperatorSigner signer,
        IEraWitness eras,
        ISlashingChain chain,
        TimeProvider time,
        ILogger<SlashingGrain> log)
    {
        _stored = new AcknowledgedState<SlashingState>(storage, this);
        (_parameters, _identity, _signer, _eras, _chain, _time, _log) = (parameters, identity, signer, eras, chain, time, log);
    }

    private SlashingState State => _stored.Value;

    private ProviderId Id => ProviderId.Parse(this.GetPrimaryKeyString());

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A receipt comes each tick, and silence is known by the slot.</summary>
    private long GraceSeconds => _eras.Schedule.SlotSeconds + Limits.ReceiptTicks * _parameters.TickSeconds;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        WatchCases();
        return Task.CompletedTask;
    }

    public async Task Watch(LeaseId lease)
    {
        var next = Slashings.Watch(State, lease);
        if (!ReferenceEquals(next, State)) await _stored.Store(next);
    }

    public async Task Examine(DownReport report)
    {
        var own = await _eras.GetOwnAsync(report.Era, Id);
        // Without its own book this operator can say nothing of the era; it is asked again.
        if (own is null) return;
        var next = State;
        foreach (var lease in await LeasesAtProvider())
        {
            if (await ObligationOf(lease) is { } obligation) next = await Accuse(next, obligation, report, own);
        }

        // A repeat finds nothing behind its marks.
        if (ReferenceEquals(next, State) && report.Era <= State.ExaminedThrough) return;
        await Store(next with { ExaminedThrough = Math.Max(report.Era, State.ExaminedThrough ?? 0) });
        await Sweep(CancellationToken.None);
    }

    public async Task<WitnessAnswer> Witness(FaultClaim claim)
    {
        var fault = claim.Fault;
        if (fault.Provider != Id) return new WitnessAnswer(null, $"provider is {fault.Provider}, expected {Id}.");
        if (Slashings.HasSigned(State, fault)) return new WitnessAnswer(await Sign(fault), null);
        var weights = await _eras.GetWeightsAsync();
        if (!weights.Contains(fault.Reporter)) return new WitnessAnswer(null, $"the reporter, {fault.Reporter}, is no operator of this set.");
        var own = _eras.Schedule.EraAt(fault.FromUnixSeconds) is { } era ? await _eras.GetOwnAsync(era, Id) : null;
        if (own is null) return new WitnessAnswer(null, "this operator has no observations of that era (yet).");
        if (Refusal(State, claim, own) is { } refusal) return new WitnessAnswer(null, refusal);

        await _stored.Store(Slashings.Sign(State, fault, _chain.Terms, Now));
        LogSigned(Id, fault.Reporter, fault.FromUnixSeconds, fault.ToUnixSeconds);
        return new WitnessAnswer(await Sign(fault), null);
    }

    public async Task TakeVote(Hash256 fault, Signature signature)
    {
        var open = State.Cases.FirstOrDefault(one => one.Id == fault && one.State == CaseState.Gathering);
        if (open is null || new Signed<Fault>(open.Claim!.Fault, signature).Recover(_identity.Domain) is not { } voter) return;
        if (!(await _eras.GetWeightsAsync()).Contains(voter)) return;
        var decision = Slashings.Vote(State, fault, voter, signature);
        if (!decision.HasChanged) return;
        await _stored.Store(decision.State);
        await Sweep(CancellationToken.None);
    }

    public async Task Learn(CaseNews news)
    {
        var decision = Slashings.Learn(State, news);
        // The reputation counts a case once; it is told before the case is closed here, so that a crash between the two repeats it.
        if (news.State == CaseState.Executed && (decision.HasChanged || State.Cases.Any(one => one.Id == news.Id)))
            await GrainFactory.GetGrain<IReputationGrain>(this.GetPrimaryKeyString()).RecordSlash(new SlashRecord(news.Id, news.Amount, news.StakedBefore, _time.GetUtcNow()));
        if (!decision.HasChanged) return;
        await Store(decision.State);
        LogCase(Id, news.Id, news.State);
    }

    public Task LookAgain() => Sweep(CancellationToken.None);

    public Task<SlashingView> GetView() => Task.FromResult(Slashings.View(State));

    /// <summary>Finds what is due: cases with a quorum, cases that are too old, executions.</summary>
    private async Task Sweep(CancellationToken cancellationToken)
    {
        if (State.Cases.Any(static one => one.State is CaseState.Gathering or CaseState.Submitted))
        {
            var counted = Slashings.Count(State, await _eras.GetWeightsAsync(), _chain.Terms, Now);
            if (!ReferenceEquals(counted, State)) await Store(counted);
        }

        foreach (var ready in State.Cases.Where(static one => one.State == CaseState.Submitted))
        {
            if (await _chain.ProposeAsync(ready.Claim!.Fault, ready.Votes) is { } news) await Learn(news);
        }

        foreach (var due in State.Cases.Where(one => Slashings.IsDue(one, Now, Limits.OthersWaitTicks * _parameters.TickSeconds))) await _chain.ExecuteAsync(due.Id);
        if (State.ShardPage is { } page && !State.Cases.Any(static one => one.IsOpen)) await LeaveShard(page);
    }

    private async Task<IEnumerable<LeaseId>> LeasesAtProvider()
    {
        var live = await GrainFactory.GetGrain<IProviderGrain>(this.GetPrimaryKeyString()).GetLeases();
        return live.Concat(State.Watched).Distinct();
    }

    /// <returns>Null for a lease that proves nothing: it ended well, or its provider has signed nothing of it yet.</returns>
    private async Task<(LeaseEvidence Evidence, long EndUnixSeconds)?> ObligationOf(LeaseId lease)
    {
        if (await GrainFactory.GetGrain<ILeaseGrain>(lease.ToString()).GetObligation() is not { Receipt: { } receipt } obligation) return null;
        var deployment = await GrainFactory.GetGrain<IDeploymentGrain>(obligation.Deployment.ToString()).GetView();
        if (deployment?.Authorization is not { } authorization || authorization.Value.Digest(_identity.Domain) != obligation.Opening.Value.Authorization) return null;
        var evidence = new LeaseEvidence(authorization, obligation.Opening, obligation.PaidThrough, receipt);
        return (evidence, obligation.OpenedAt.ToUnixTimeSeconds() + obligation.PaidThrough.Value.Seconds);
    }

    private async Task<SlashingState> Accuse(SlashingState state, (LeaseEvidence Evidence, long EndUnixSeconds) lease, DownReport report, ObservationBook own)
    {
        foreach (var down in report.Intervals)
        {
            if (state.Cases.Count(static one => one.IsOpen) >= Limits.OpenCases) return state;
            var mark = Slashings.MarkOf(state, lease.Evidence.Lease);
            var claim = FaultClaim.For(lease.Evidence, (down.FromUnixSeconds, down.ToUnixSeconds), lease.EndUnixSeconds, mark, _identity.Operator);
            if (claim is null || Refusal(state, claim, own) is not null) continue;
            LogReported(Id, claim.Fault.Lease, claim.Fault.FromUnixSeconds, claim.Fault.ToUnixSeconds);
            state = Slashings.Report(Slashings.Sign(state, claim.Fault, _chain.Terms, Now), claim, _identity.Operator, await Sign(claim.Fault));
        }

        return state;
    }

    private string? Refusal(SlashingState state, FaultClaim claim, ObservationBook own) =>
        claim.Refusal(_identity.Domain, Slashings.MarkOf(state, claim.Fault.Lease), GraceSeconds)
        ?? FaultSilence.Objection(claim.Fault, own, _eras.Schedule)
        ?? Slashings.SigningRefusal(state, claim.Fault, _chain.Terms, Now);

    private Task<Signature> Sign(Fault fault) => _signer.SignAsync(fault.Digest(_identity.Domain));

    private async Task Store(SlashingState next)
    {
        if (next.ShardPage is null && next.Cases.Any(static one => one.IsOpen))
            next = next with { ShardPage = await Shard.Join(GrainFactory, ShardKind.Slashings, this.GetPrimaryKeyString()) };
        await _stored.Store(next);
        WatchCases();
    }

    private async Task LeaveShard(int page)
    {
        await Shard.Leave(GrainFactory, ShardKind.Slashings, this.GetPrimaryKeyString(), page);
        await _stored.Store(State with { ShardPage = null });
        _timer?.Dispose();
        _timer = null;
    }

    private void WatchCases()
    {
        if (_timer is not null || !State.Cases.Any(static one => one.IsOpen)) return;
        _timer = this.RegisterGrainTimer(Sweep, new GrainTimerCreationOptions { DueTime = _parameters.Tick, Period = _parameters.Tick, KeepAlive = true });
    }
}

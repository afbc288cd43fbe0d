using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Grid.Settlements;

public sealed partial class SettlementLedgerGrain : Grain, ISettlementLedgerGrain
{
    private readonly AcknowledgedState<SettlementLedgerState> _stored;
    private readonly ISettlementChain _chain;
    private readonly SettlementSchedule _schedule;
    private readonly ILogger<SettlementLedgerGrain> _log;

    public SettlementLedgerGrain(
        [PersistentState("settlementLedger")] IPersistentState<SettlementLedgerState> storage,
        ISettlementChain chain,
        SettlementSchedule schedule,
        ILogger<SettlementLedgerGrain> log)
    {
        _stored = new AcknowledgedState<SettlementLedgerState>(storage, this);
        (_chain, _schedule, _log) = (chain, schedule, log);
    }

    private SettlementLedgerState State => _stored.Value;

    public async Task Observe(EscrowView view)
    {
        await FinishFinal(view);
        switch (SettlementPlan.Next(State, view, _schedule))
        {
            case SettlementStep.Collect:
                await Collect(view);
                break;
            case SettlementStep.Post post:
                await Post(post.Open, view);
                break;
            case SettlementStep.Defend defend:
                await Defend(defend.Open, defend.Posting);
                break;
            case SettlementStep.FinalizeRoot last:
                await _chain.FinalizeRootAsync(SettlementOperation.FinalizeRoot(last.Posting));
                break;
            case SettlementStep.BecomeFinal final:
                LogFinal(final.Open.Batch);
                await _stored.Store(SettlementLedger.Final(State, final.Open));
                await FinishFinal(view);
                break;
            case SettlementStep.BecomeVoid ended:
                LogVoid(ended.Open.Batch);
                await Drop(ended.Open.Batch, view.HeadUnixSeconds);
                break;
            case SettlementStep.Alarm alarm:
                await Raise(alarm.Fault);
                break;
        }
    }

    public async Task Challenged(ulong posting, uint account)
    {
        var next = SettlementLedger.Challenged(State, posting, account);
        if (!ReferenceEquals(next, State)) await _stored.Store(next);
    }

    public Task<SettlementStatus> GetStatus() => Task.FromResult(SettlementLedger.Status(State));

    private async Task Collect(EscrowView view)
    {
        var accounts = await _chain.ListAccountsAsync();
        // Before the first deposit there is nobody to charge; a mirror that has not caught up would leave somebody out.
        if (accounts.IsEmpty || accounts.Length < State.FinalOrNone().Accounts) return;

        var batch = State.LastBatch + 1;
        var root = await GrainFactory.Batch(batch).Collect(new SettlementOrder(State.FinalBatch, view.FreeBond, accounts, view.HeadUnixSeconds + view.DisputeWindowSeconds));
        if (root.Charged == State.FinalOrNone().Charged && !SettlementPlan.MustBreakSilence(view))
        {
            await Drop(batch, view.HeadUnixSeconds + _schedule.RetrySeconds);
            return;
        }

        LogCollected(batch, root.Charged.ToString(), root.Commitment());
        await _stored.Store(SettlementLedger.Collected(State, batch, root, view));
    }

    private async Task Post(OpenSettlement open, EscrowView view)
    {
        var sending = await _chain.PostRootAsync(SettlementOperation.Post(open.Batch), State.FinalOrNone(), open.Root);
        if (sending != Sending.Failed) return;
        LogNotPosted(open.Batch);
        await Drop(open.Batch, view.HeadUnixSeconds + _schedule.RetrySeconds);
    }

    private async Task Defend(OpenSettlement open, ulong posting)
    {
        foreach (var account in State.Challenged.Where(challenge => challenge.Value == posting).Select(static challenge => challenge.Key))
        {
            var shown = await GrainFactory.Batch(open.Batch).ProveAccount(account);
            if (shown is not null) await _chain.AnswerAsync(SettlementOperation.Answer(posting, account), account, shown.Proof, shown.Authorization);
        }
    }

    /// <summary>What a final root entails; until all of it is done it is done again.</summary>
    private async Task FinishFinal(EscrowView view)
    {
        if (State.FinalBatch == 0) return;
        if (State.FinalOrNone().Fees > view.FeesPaid && !view.IsAbandoned)
            await _chain.CollectFeesAsync(SettlementOperation.CollectFees(State.FinalBatch), State.FinalOrNone());
        if (State.IsFinalBooked) return;
        await GrainFactory.Batch(State.FinalBatch).BookLeases();
        foreach (var older in SettlementLedger.Superseded(State)) await GrainFactory.Batch(older).Discard();
        await _stored.Store(State with { IsFinalBooked = true });
    }

    private async Task Drop(ulong batch, long notBeforeUnixSeconds)
    {
        await _stored.Store(SettlementLedger.Dropped(State, batch, notBeforeUnixSeconds));
        await GrainFactory.Batch(batch).Discard();
    }

    private async Task Raise(string fault)
    {
        if (State.Fault == fault) return;
        LogAlarm(fault);
        await _stored.Store(State with { Fault = fault });
    }
}

namespace Grid.Settlements;

/// <summary>
/// What follows from how the escrow stands. Level-triggered: it asks what is, not what has happened, so that neither a lost event nor a
/// reorg matters.
/// </summary>
public static class SettlementPlan
{
    public static SettlementStep Next(SettlementLedgerState state, EscrowView view, SettlementSchedule schedule)
    {
        if (state.Open is not { } open) return WithoutOpen(state, view, schedule);
        var commitment = open.Root.Commitment();
        if (view.Firm.Posting > open.PostingBefore && !view.Firm.IsOpen)
            return view.Firm.Final == commitment ? new SettlementStep.BecomeFinal(open) : new SettlementStep.BecomeVoid(open);
        if (view.Head.Posting <= open.PostingBefore) return view.IsAbandoned ? new SettlementStep.Wait() : new SettlementStep.Post(open);
        if (!view.Head.IsOpen) return new SettlementStep.Wait();
        if (view.Head.Pending != commitment)
            return new SettlementStep.Alarm($"the escrow's open root {view.Head.Pending} is none of this store: was it restored from an older copy?");
        var isOver = view.HeadUnixSeconds >= view.Head.PostedUnixSeconds + view.DisputeWindowSeconds && view.Head.OpenChallenges == 0;
        return isOver ? new SettlementStep.FinalizeRoot(open, view.Head.Posting) : new SettlementStep.Defend(open, view.Head.Posting);
    }

    /// <summary>Whether a batch that charges nothing new must be posted all the same, or the operator is given up for silent.</summary>
    public static bool MustBreakSilence(EscrowView view) =>
        view.HeadUnixSeconds - view.LastPostedUnixSeconds >= view.SilenceSeconds / Limits.SilenceParts;

    private static SettlementStep WithoutOpen(SettlementLedgerState state, EscrowView view, SettlementSchedule schedule)
    {
        if (view.IsAbandoned || view.Head.IsOpen || view.Firm.IsOpen || view.LastPostedUnixSeconds == 0) return new SettlementStep.Wait();
        var known = state.FinalOrNone().Commitment();
        if (view.Firm.Final != known)
            return new SettlementStep.Alarm($"the escrow's final root {view.Firm.Final} is not this store's, {known}: was it restored from an older copy?");
        if (view.Head.Final != known || view.HeadUnixSeconds < state.NotBeforeUnixSeconds) return new SettlementStep.Wait();
        var isDue = view.HasExits || view.HeadUnixSeconds - view.LastPostedUnixSeconds >= schedule.EverySeconds || MustBreakSilence(view);
        return isDue ? new SettlementStep.Collect() : new SettlementStep.Wait();
    }
}

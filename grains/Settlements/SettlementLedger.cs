using Grid.Protocol.Settlement;

namespace Grid.Settlements;

/// <summary>The transitions of an operator's sequence of batches.</summary>
public static class SettlementLedger
{
    public static SettlementLedgerState Collected(SettlementLedgerState state, ulong batch, SettlementRoot root, EscrowView view) =>
        state with { LastBatch = batch, Open = new OpenSettlement(batch, root, view.Head.Posting), Fault = null };

    /// <summary>The batch leads to nothing: what it charges goes into the next one.</summary>
    public static SettlementLedgerState Dropped(SettlementLedgerState state, ulong batch, long notBeforeUnixSeconds) => state with
    {
        LastBatch = batch,
        Open = null,
        NotBeforeUnixSeconds = notBeforeUnixSeconds,
        Challenged = state.Challenged.Clear(),
    };

    public static SettlementLedgerState Final(SettlementLedgerState state, OpenSettlement open) => state with
    {
        Open = null,
        FinalBatchBefore = state.FinalBatch,
        FinalBatch = open.Batch,
        FinalRoot = open.Root,
        IsFinalBooked = false,
        Challenged = state.Challenged.Clear(),
        Fault = null,
    };

    public static SettlementLedgerState Challenged(SettlementLedgerState state, ulong posting, uint account)
    {
        var known = state.Challenged.GetValueOrDefault(account);
        return posting <= known ? state : state with { Challenged = state.Challenged.SetItem(account, posting) };
    }

    /// <summary>Batches that nobody needs once the final one is booked: the one before it, and what led to nothing in between.</summary>
    public static IEnumerable<ulong> Superseded(SettlementLedgerState state)
    {
        for (var batch = state.FinalBatch - 1; batch >= Math.Max(1, state.FinalBatchBefore) && batch + Limits.DiscardsAtOnce >= state.FinalBatch; batch--)
            yield return batch;
    }

    public static SettlementStatus Status(SettlementLedgerState state) =>
        new(state.Open?.Batch ?? 0, state.Open?.Root, state.FinalBatch, state.FinalOrNone(), state.Fault);
}

using System.Collections.Immutable;
using Grid.Protocol.Settlement;

namespace Grid.Settlements;

/// <summary>An operator's batches and what has become of them.</summary>
public sealed record SettlementLedgerState
{
    /// <summary>Numbers that are used up.</summary>
    public ulong LastBatch { get; init; }

    /// <summary>Null where no batch is on its way.</summary>
    public OpenSettlement? Open { get; init; }

    /// <summary>The batch of the last final root; zero before the first.</summary>
    public ulong FinalBatch { get; init; }

    /// <summary>Null before the first.</summary>
    public SettlementRoot? FinalRoot { get; init; }

    /// <summary>The final batch before that one; zero where there was none.</summary>
    public ulong FinalBatchBefore { get; init; }

    /// <summary>Whether the leases of the final batch know, and older batches are gone.</summary>
    public bool IsFinalBooked { get; init; }

    /// <summary>Not before this time of the chain is another batch collected.</summary>
    public long NotBeforeUnixSeconds { get; init; }

    /// <summary>Accounts that were challenged, by the posting that was challenged.</summary>
    public ImmutableSortedDictionary<uint, ulong> Challenged { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<uint, ulong>.Empty;

    public string? Fault { get; init; }

    public SettlementRoot FinalOrNone() => FinalRoot ?? SettlementRoot.None;
}

/// <param name="PostingBefore">The escrow's count of postings when the batch was collected: a higher one is this batch's.</param>
public sealed record OpenSettlement(ulong Batch, SettlementRoot Root, ulong PostingBefore);

using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Settlements;

/// <summary>
/// The sequence of an operator's batches and what has become of their roots on the chain. Key: the operator's address. It starts nothing
/// by itself: whoever follows the chain tells it again and again how the escrow stands, and each time it does what is due.
/// </summary>
[Alias("Grid.Settlements.ISettlementLedgerGrain")]
public interface ISettlementLedgerGrain : IGrainWithStringKey
{
    /// <summary>How the escrow stands now. Repeats and gaps do no harm.</summary>
    [Alias("Observe")]
    Task Observe(EscrowView view);

    /// <summary>
    /// Somebody challenged an account of a posted root: it is answered from the next <see cref="Observe"/> on, until the root's end.
    /// Idempotent.
    /// </summary>
    /// <param name="posting">The escrow's count of this operator's postings.</param>
    /// <param name="account">The leaf's index.</param>
    [Alias("Challenged")]
    Task Challenged(ulong posting, uint account);

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetStatus")]
    Task<SettlementStatus> GetStatus();
}

/// <summary>How an operator's roots stand in the escrow, at one block.</summary>
/// <param name="Posting">Of the last root that was posted; the escrow counts them.</param>
/// <param name="IsOpen">Whether that one is neither final nor void.</param>
/// <param name="Pending">Its commitment.</param>
/// <param name="Final">Commitment of the last final root; zero where there is none.</param>
[GenerateSerializer, Alias("Grid.Settlements.RootStanding")]
public sealed record RootStanding(ulong Posting, bool IsOpen, Hash256 Pending, long PostedUnixSeconds, uint OpenChallenges, Hash256 Final);

/// <summary>What the escrow says of an operator.</summary>
/// <param name="HeadUnixSeconds">The newest block's time: what the escrow would call now.</param>
/// <param name="Head">At the newest block; a reorg may take it back.</param>
/// <param name="Firm">At the last block that no reorg takes back.</param>
/// <param name="LastPostedUnixSeconds">Of the last root, or of the first deposit before one; zero where there is neither.</param>
/// <param name="FreeBond">What new credit may still be covered by.</param>
/// <param name="FeesPaid">Cumulative.</param>
/// <param name="HasExits">Whether an exit of any of its payers runs.</param>
[GenerateSerializer, Alias("Grid.Settlements.EscrowView")]
public sealed record EscrowView(
    long HeadUnixSeconds,
    RootStanding Head,
    RootStanding Firm,
    long LastPostedUnixSeconds,
    bool IsAbandoned,
    Money FreeBond,
    Money FeesPaid,
    bool HasExits,
    long DisputeWindowSeconds,
    long SilenceSeconds);

/// <param name="OpenBatch">Zero where no batch is on its way.</param>
/// <param name="OpenRoot">Null where no batch is on its way.</param>
/// <param name="FinalBatch">Zero where none is final yet.</param>
/// <param name="FinalRoot"><see cref="SettlementRoot.None"/> where none is final yet.</param>
/// <param name="Fault">What people must look at; null where nothing is wrong.</param>
[GenerateSerializer, Alias("Grid.Settlements.SettlementStatus")]
public sealed record SettlementStatus(ulong OpenBatch, SettlementRoot? OpenRoot, ulong FinalBatch, SettlementRoot FinalRoot, string? Fault);

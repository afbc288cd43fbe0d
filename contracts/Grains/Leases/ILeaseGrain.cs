using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Leases;

/// <summary>One lease: <c>Held → Active → Closing → Closed</c>; its metering, receipts and <c>paidThrough</c>. Key: the lease's id.</summary>
[Alias("Grid.Leases.ILeaseGrain")]
public interface ILeaseGrain : ISweptGrain
{
    /// <summary>Holds the money for the first stretch. Idempotent by the lease's id.</summary>
    [Alias("Reserve")]
    Task<ReserveResult> Reserve(LeaseTerms terms);

    /// <summary>Opens the lease on the node's acceptance. Idempotent; durable when it returns.</summary>
    [Alias("Open")]
    Task<OpenResult> Open(LeaseOpening opening);

    /// <summary>What the node's session saw of the lease; the answer is what the node must know or do.</summary>
    [Alias("Report")]
    Task<LeaseDirective> Report(LeaseReport report);

    /// <summary>Starts the end of an open lease. The first reason stays. Idempotent.</summary>
    [Alias("Close")]
    Task<LeaseView> Close(CloseReason reason);

    /// <summary>
    /// An activation of its order that knows nothing of those before it raises this number first: what they still have under way opens nothing any more.
    /// Durable when it returns.
    /// </summary>
    /// <returns>What the lease has become of.</returns>
    [Alias("Fence")]
    Task<LeaseView> Fence(long fence);

    /// <summary>Frees the money of a lease that will not be opened.</summary>
    /// <returns>False where the lease is open: it must be closed instead.</returns>
    [Alias("Abandon")]
    Task<bool> Abandon(LeaseTerms terms);

    /// <summary>Its provider would give the lease's room to others. Where that is granted to a lease that has not opened, an opening still under way fails.</summary>
    /// <returns>False where the lease is open: its room is its own.</returns>
    [Alias("TryFreeRoom")]
    Task<bool> TryFreeRoom();

    /// <summary>A root that is final on the chain charges this much of the lease. Idempotent.</summary>
    [Alias("Book")]
    Task Book(Money charged);

    /// <summary>The payer's account holds money for this lease and does not know whether it opened.</summary>
    [OneWay]
    [Alias("HoldFound")]
    Task HoldFound(Address payer);

    /// <summary>Null before the lease is open.</summary>
    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetBill")]
    Task<LeaseBill?> GetBill();

    /// <summary>What the provider owes by this lease, with its proofs; null where it owes nothing: the lease is not open, or ended for another reason than silence.</summary>
    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetObligation")]
    Task<LeaseObligation?> GetObligation();

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<LeaseView> GetView();
}

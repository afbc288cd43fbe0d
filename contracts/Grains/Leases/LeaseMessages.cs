using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Orleans;

namespace Grid.Leases;

/// <param name="DurationSeconds">The lease's longest run; zero for no limit but money.</param>
/// <param name="IsPretended">Whether the lease binds pretended GPUs (development only).</param>
[GenerateSerializer, Alias("Grid.Leases.LeaseTerms")]
public sealed record LeaseTerms(
    LeaseId Lease,
    OrderId Order,
    DeploymentId Deployment,
    Address Payer,
    Hash256 Authorization,
    ProviderId Provider,
    RatePerHour Rate,
    int FeePpm,
    long DurationSeconds,
    long RunAheadSeconds,
    PartitionRule OnPartition,
    bool IsBatch,
    Hash256 ManifestHash,
    bool IsPretended);

/// <param name="IsForMoney">The payer's account cannot hold the first stretch: no other provider will change that.</param>
[GenerateSerializer, Alias("Grid.Leases.ReserveResult")]
public sealed record ReserveResult(bool IsReserved, string? Refusal, bool IsForMoney = false);

/// <param name="Terms">Sent again, since a hold of money alone is not stored with the lease.</param>
/// <param name="Fence">Of the order's activation that opens it: see <see cref="ILeaseGrain.Fence"/>.</param>
[GenerateSerializer, Alias("Grid.Leases.LeaseOpening")]
public sealed record LeaseOpening(LeaseTerms Terms, Signed<Acceptance> Acceptance, Bindings Bindings, long Fence = 0);

/// <param name="IsFenced">Another activation of the order has taken over: the caller has no say any more.</param>
[GenerateSerializer, Alias("Grid.Leases.OpenResult")]
public sealed record OpenResult(bool IsOpen, string? Refusal, bool IsFenced = false);

/// <summary>What a node says of one of its leases.</summary>
/// <param name="Seconds">The lease's own whole seconds, counted by the node on its boot-time clock.</param>
/// <param name="Receipt">Cumulative; null where the node has none newer.</param>
/// <param name="Services">Null where nothing changed.</param>
/// <param name="HasEnded">The node runs it no longer and will never again.</param>
/// <param name="Provenance">Preimage of the receipt's content hash; null where the node showed none.</param>
[GenerateSerializer, Alias("Grid.Leases.LeaseReport")]
public sealed record LeaseReport(
    ProviderId Provider,
    LeaseId Lease,
    long Seconds,
    Signed<Receipt>? Receipt,
    ImmutableArray<ServiceReport> Services,
    bool HasEnded,
    Provenance? Provenance = null);

/// <param name="ExitCode">Null while it runs.</param>
[GenerateSerializer, Alias("Grid.Leases.ServiceReport")]
public sealed record ServiceReport(
    string Service,
    int Replica,
    int Attempt,
    ServicePhase Phase,
    int? ExitCode,
    bool WasOutOfMemory,
    string? Message,
    ImmutableArray<OutputReport> Outputs);

/// <param name="Sha256">Of the clear content.</param>
[GenerateSerializer, Alias("Grid.Leases.OutputReport")]
public sealed record OutputReport(string Name, Hash256 Sha256, long SizeBytes);

public enum ServicePhase
{
    Pending = 0,
    Running = 1,

    /// <summary>Ended by itself, for good, with exit code 0.</summary>
    Succeeded = 2,

    /// <summary>Ended for good with another exit code, or could not be started.</summary>
    Failed = 3,

    /// <summary>Stopped because the lease ended.</summary>
    Stopped = 4,
}

/// <summary>What a node must know or do about one lease. Idempotent: the same report gives the same directive.</summary>
/// <param name="IsKnown">False: the operator knows no open lease of this id; an acceptance not yet opened just waits for its expiry.</param>
/// <param name="Countersignature">The operator's signature over the report's receipt.</param>
/// <param name="CloseCommand">Stop the workload, send the last receipt, end the lease.</param>
/// <param name="IsSettled">The lease is closed and billed: the node may forget it.</param>
[GenerateSerializer, Alias("Grid.Leases.LeaseDirective")]
public sealed record LeaseDirective(
    bool IsKnown,
    Signed<Opening>? Opening,
    Signed<PaidThrough>? PaidThrough,
    Signature? Countersignature,
    Signed<Close>? CloseCommand,
    bool IsSettled);

[GenerateSerializer, Alias("Grid.Leases.LeaseView")]
public sealed record LeaseView(
    LeaseId Lease,
    LeasePhase Phase,
    LeaseTerms? Terms,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? ClosedAt,
    long BilledSeconds,
    Money Charged,
    long PaidThroughSeconds,
    bool NeedsReplacement,
    CloseReason Reason,
    ImmutableArray<ServiceReport> Services);

/// <summary>What proves a lease's bill to anybody: all of it signed.</summary>
/// <param name="Receipt">The last one; it is cumulative. Null before the first.</param>
/// <param name="Countersignature">The operator's over the same receipt.</param>
[GenerateSerializer, Alias("Grid.Leases.LeaseBill")]
public sealed record LeaseBill(
    Signed<Opening> Opening,
    Signed<Receipt>? Receipt,
    Signature? Countersignature,
    Provenance? Provenance,
    Signed<Close>? Close);

/// <summary>A lease that runs, or that ended because its node was silent.</summary>
/// <param name="Receipt">The provider's last one; null before the first.</param>
[GenerateSerializer, Alias("Grid.Leases.LeaseObligation")]
public sealed record LeaseObligation(DeploymentId Deployment, DateTimeOffset OpenedAt, Signed<Opening> Opening, Signed<PaidThrough> PaidThrough, Signed<Receipt>? Receipt);

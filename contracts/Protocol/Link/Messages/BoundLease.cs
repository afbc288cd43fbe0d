using Grid.Protocol.Signing;

namespace Grid.Protocol.Link.Messages;

/// <summary>A lease in the node's own ledger.</summary>
/// <param name="Seconds">Whole billable seconds so far.</param>
/// <param name="PaidThroughSeconds">The highest that the operator signed.</param>
/// <param name="EndReason">Set where <paramref name="Phase"/> is ended.</param>
public sealed record BoundLease(
    LeaseId Lease,
    FencingToken Token,
    Bindings Bindings,
    long Seconds,
    NodeLeasePhase Phase,
    long PaidThroughSeconds,
    IReadOnlyList<WorkloadStatus> Workloads,
    CloseReason? EndReason = null);

using Grid.Protocol.Signing;

namespace Grid.Node.Leases;

/// <summary>Why a lease could not be started.</summary>
/// <param name="Reason">In words for its operator and its tenant.</param>
/// <param name="Cause">Whose it is: the workload's, as an image that nobody has, or this node's.</param>
public sealed record StartFailure(string Reason, CloseReason Cause)
{
    public static StartFailure OfWorkload(string reason) => new(reason, CloseReason.WorkloadFailed);

    public static StartFailure OfNode(string reason) => new(reason, CloseReason.ProviderFailed);
}

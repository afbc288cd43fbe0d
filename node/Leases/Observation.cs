using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Node.Leases;

/// <summary>What one workload of a lease has become. Times are of the boot clock, and of the boot that they name.</summary>
/// <param name="IsFinal">It has ended for good, and its outputs are known.</param>
/// <param name="EndedBootMs">When it ended; null while it may run, and where nobody saw the end. Known before the end is final: nobody pays for the sealing of outputs.</param>
/// <param name="Cause">Why it ended, where that says why its lease ends; none for one that was told to stop.</param>
public sealed record Observation(WorkloadStatus Status, bool IsFinal, string BootId, long StartedBootMs, long? EndedBootMs, CloseReason Cause)
{
    public static Observation Failed(WorkloadStatus status) => new(status, true, "", 0, null, CloseReason.ProviderFailed);
}

using Grid.Protocol;

namespace Grid.Node.Hosting;

/// <summary>A lease that has ended and whose logs lie here.</summary>
/// <param name="IsKnown">It is in the ledger still: its operator may not have read its logs.</param>
public readonly record struct LyingLease(LeaseId Lease, int Workloads, long EndedBootMs, bool IsKnown);

/// <summary>Logs of ended leases are kept for a time, and for a bounded number of workloads.</summary>
public static class Retention
{
    /// <returns>The leases to forget now. Those that ended last are kept.</returns>
    public static IReadOnlyList<LeaseId> Over(IReadOnlyList<LyingLease> leases, long nowMs)
    {
        var kept = 0;
        var over = new List<LeaseId>();
        foreach (var lease in leases.OrderByDescending(static lease => lease.EndedBootMs).ThenBy(static lease => lease.Lease))
        {
            var isOld = !lease.IsKnown && nowMs - lease.EndedBootMs > Artifacts.Limits.RetentionMs;
            if (isOld || kept + lease.Workloads > Limits.RetainedWorkloads) over.Add(lease.Lease);
            else kept += lease.Workloads;
        }

        return over;
    }
}

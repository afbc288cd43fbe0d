using Grid.Node.Execution;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using WorkloadStatus = Grid.Protocol.Link.Messages.WorkloadStatus;

namespace Grid.Node.Leases;

/// <summary>What the workloads of one lease are doing. In memory: the engine says it all again after a restart.</summary>
internal sealed class LeaseStatuses(NodeLease lease, IReadOnlyList<WorkloadKey> expected)
{
    private readonly SortedDictionary<(string Service, uint Ordinal), (WorkloadStatus Status, bool IsFinal)> _byKey = [];

    public IReadOnlyList<WorkloadStatus> All => [.. _byKey.Values.Select(static entry => entry.Status)];

    public bool HaveAllEnded => expected.All(key => _byKey.TryGetValue((key.Service, (uint)key.Replica), out var entry) && entry.IsFinal);

    /// <summary>Why a lease whose workloads have all ended has ended, where nobody asked for it.</summary>
    public CloseReason EndReason
    {
        get
        {
            if (All.Any(static status => status.Phase == WorkloadPhase.Failed)) return CloseReason.ProviderFailed;
            if (lease.PaidThroughSeconds > 0 && lease.Seconds >= lease.PaidThroughSeconds) return CloseReason.Money;
            return All.All(static status => status.ExitCode == 0) ? CloseReason.Completed : CloseReason.WorkloadFailed;
        }
    }

    /// <returns>False where it says nothing new.</returns>
    public bool Take(WorkloadStatus status, bool isFinal)
    {
        var key = (status.Service, status.Ordinal);
        if (_byKey.TryGetValue(key, out var known) && (known.IsFinal || (known.Status.Phase == status.Phase && known.Status.Attempt == status.Attempt && !isFinal))) return false;
        _byKey[key] = (status, isFinal);
        return true;
    }

    /// <summary>Nothing of the lease could be started.</summary>
    public IReadOnlyList<WorkloadStatus> Fail(string reason)
    {
        foreach (var key in expected)
            Take(new WorkloadStatus(key.Service, (uint)key.Replica, 0, WorkloadPhase.Failed, null, false, 0, [], reason), isFinal: true);
        return All;
    }
}

using Grid.Node.Execution;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using WorkloadStatus = Grid.Protocol.Link.Messages.WorkloadStatus;

namespace Grid.Node.Leases;

/// <summary>What the workloads of one lease are doing. In memory, but for ends, which the ledger keeps: the engine says the rest again after a restart.</summary>
public sealed class LeaseStatuses
{
    private readonly IReadOnlyList<WorkloadKey> _expected;
    private readonly SortedDictionary<(string Service, uint Ordinal), Observation> _byKey = [];

    public LeaseStatuses(IReadOnlyList<WorkloadKey> expected, IReadOnlyList<Observation> ends)
    {
        _expected = expected;
        foreach (var end in ends) _byKey[(end.Status.Service, end.Status.Ordinal)] = end;
    }

    public IReadOnlyList<WorkloadStatus> All => [.. _byKey.Values.Select(static seen => seen.Status)];

    /// <summary>Those that have ended for good.</summary>
    public IReadOnlyList<Observation> Ends => [.. _byKey.Values.Where(static seen => seen.IsFinal)];

    public bool HaveAllEnded => _expected.All(key => Find(key) is { IsFinal: true });

    /// <returns>False where it is no news for an operator.</returns>
    public bool Take(Observation seen)
    {
        var key = (seen.Status.Service, seen.Status.Ordinal);
        var known = _byKey.GetValueOrDefault(key);
        if (known is { IsFinal: true }) return false;
        _byKey[key] = seen;
        return known is null || seen.IsFinal || known.Status.Phase != seen.Status.Phase || known.Status.Attempt != seen.Status.Attempt;
    }

    /// <summary>Nothing of the lease could be started.</summary>
    public void Fail(StartFailure failure)
    {
        foreach (var key in _expected)
            Take(Observation.Failed(new WorkloadStatus(key.Service, (uint)key.Replica, 0, WorkloadPhase.Failed, null, false, 0, [], failure.Reason)) with { Cause = failure.Cause });
    }

    /// <summary>
    /// Up to when the lease's seconds count on the clock of the boot that it started in: now while anything runs, its last end after that, and null where not all of it was heard of
    /// since this process started: it may have ended long ago.
    /// </summary>
    public long? CountsUntil(string bootId, long nowMs)
    {
        var seen = _expected.Select(Find).ToArray();
        if (seen.Any(static one => one is null)) return null;
        var running = seen.Where(static one => one is { IsFinal: false, EndedBootMs: null }).ToArray();
        if (running.Length > 0) return running.All(one => one!.BootId == bootId) ? nowMs : null;
        return seen.Where(one => one!.BootId == bootId).Max(static one => one!.EndedBootMs);
    }

    /// <summary>Why a lease whose workloads have all ended has ended, where nobody asked for it.</summary>
    public CloseReason EndReasonOf(NodeLease lease)
    {
        var causes = _byKey.Values.Select(static seen => seen.Cause).ToHashSet();
        if (causes.SetEquals([CloseReason.Completed])) return CloseReason.Completed;
        if (causes.Contains(CloseReason.ProviderFailed)) return CloseReason.ProviderFailed;
        if (causes.Contains(CloseReason.WorkloadFailed)) return CloseReason.WorkloadFailed;
        var isPaidUp = causes.Contains(CloseReason.Money) || lease.Seconds >= lease.PaidThroughSeconds;
        return isPaidUp ? CloseReason.Money : CloseReason.ProviderFailed;
    }

    private Observation? Find(WorkloadKey key) => _byKey.GetValueOrDefault((key.Service, (uint)key.Replica));
}

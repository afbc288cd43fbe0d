using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using EngineStatus = Grid.Node.Execution.WorkloadStatus;

namespace Grid.Node.Hosting;

/// <summary>Finds what a lost event should have caused: an end that the ledger has not heard, a lease that still runs or lies here though nothing stands behind it.</summary>
internal sealed partial class Workloads
{
    private async Task SweepAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Guarded(default, () => SweepOnceAsync(cancellation));
            await Guarded(default, async () =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Limits.LeastSweepPauseMs), time, cancellation);
                await _sweepSoon.WaitAsync(TimeSpan.FromMilliseconds(Limits.SweepMs), cancellation);
            });
        }
    }

    private void SweepSoon()
    {
        try
        {
            _sweepSoon.Release();
        }
        catch (Exception known) when (known is SemaphoreFullException or ObjectDisposedException)
        {
            // It is asked for already, or the node is gone.
        }
    }

    private async Task SweepOnceAsync(CancellationToken cancellation)
    {
        outputs.Sweep(time);
        var before = await Ledger.GetLedger();
        var statuses = await engine.ListAsync(cancellation);
        foreach (var status in statuses) await TakeAsync(status);

        var now = await Ledger.GetLedger();
        var known = statuses.Select(static status => status.Key).ToHashSet();
        foreach (var lease in before.Leases.Values.Where(lease => lease.Phase == NodeLeasePhase.Running && now.Leases.ContainsKey(lease.Lease)))
        {
            foreach (var lost in WorkloadPlan.Keys(lease).Where(key => !known.Contains(key) && !HasEnd(lease, key)))
                await Ledger.Observe(lease.Lease, Lost(lost));
        }

        var settled = statuses
            .GroupBy(static status => status.Key.Lease)
            .Where(lease => !now.Leases.TryGetValue(lease.Key, out var one) || one.Phase == NodeLeasePhase.Ended)
            .ToArray();
        foreach (var lease in settled) await EndForGoodAsync(lease, cancellation);
        await ForgetOldestAsync(settled, now, cancellation);
        var lying = known.Select(static key => key.Lease).ToHashSet();
        owners.Sweep(lease => now.Leases.ContainsKey(lease) || lying.Contains(lease) || outputs.Has(lease), time);
    }

    /// <summary>Nothing clear outlives its lease.</summary>
    private Task EndForGoodAsync(IGrouping<LeaseId, EngineStatus> lease, CancellationToken cancellation) => lease.All(static status => status.HasExited)
        ? engine.ClearFilesAsync(lease.Key, cancellation)
        : engine.StopAsync(lease.Key, null, cancellation);

    private async Task ForgetOldestAsync(IEnumerable<IGrouping<LeaseId, EngineStatus>> settled, NodeLedger ledger, CancellationToken cancellation)
    {
        var lying = settled
            .Where(static lease => lease.All(static status => status.HasExited))
            .Select(lease => new LyingLease(lease.Key, lease.Count(), EndedBootMs(lease), ledger.Leases.ContainsKey(lease.Key)));
        foreach (var lease in Retention.Over([.. lying], clock.NowMs))
        {
            await engine.RemoveAsync(lease, cancellation);
            ends.Forget(lease);
        }
    }

    /// <summary>Ends of another boot, whose clock can't be compared, count as those of this boot's first moment.</summary>
    private long EndedBootMs(IGrouping<LeaseId, EngineStatus> lease) => lease.Max(status => status.BootId == clock.BootId ? status.EndedBootMs : 0);

    private static Observation Lost(Execution.WorkloadKey key) =>
        Observation.Failed(new WorkloadStatus(key.Service, (uint)key.Replica, 0, WorkloadPhase.Failed, null, false, 0, [], "the node has lost its record of this workload."));
}

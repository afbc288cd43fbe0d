namespace Grid.Node.Leases;

/// <summary>
/// When a lease of at most one copy has to stop because its operator may have started another one: counted from a moment that its operator
/// knows of, kept on
/// the disk, and enforced by the supervisor, so that neither a dead node nor a restarted one runs a second copy.
/// </summary>
public static class Partition
{
    /// <summary>What counts at the end of paid time and what ended sooner differ by more than this.</summary>
    private const long SlackMs = 1000;

    /// <summary>Its operator has heard of it at that moment; an earlier one takes nothing back.</summary>
    public static NodeLease Heard(NodeLease lease, BootMoment at)
    {
        if (!lease.StopsOnPartition) return lease;
        var isOld = lease.Heard is { } known && known.BootId == at.BootId && known.Ms >= at.Ms;
        return isOld ? lease : lease with { Heard = at };
    }

    /// <summary>Without end after another boot: nobody can say how long that took.</summary>
    public static TimeSpan Silence(NodeLease lease, BootMoment now)
    {
        if (lease.Heard is not { } heard) return TimeSpan.Zero;
        return heard.BootId == now.BootId ? TimeSpan.FromMilliseconds(now.Ms - heard.Ms) : TimeSpan.MaxValue;
    }

    /// <summary>
    /// When the supervisor stops the workload by itself: at the end of what is paid, and sooner where nobody may hear of it.
    /// </summary>
    public static long StopAtBootMs(NodeLease lease, string bootId, long startedBootMs)
    {
        var paidUp = startedBootMs + lease.MostSeconds * 1000;
        if (!lease.StopsOnPartition || lease.Heard is not { } heard) return paidUp;
        return heard.BootId == bootId ? Math.Min(paidUp, heard.Ms + (long)lease.LostAfter.TotalMilliseconds) : 0;
    }

    /// <summary>What the supervisor stopped before its paid time was up, it stopped because nobody heard of it.</summary>
    public static bool HasStopped(NodeLease lease, long? endedBootMs) =>
        lease is { StopsOnPartition: true, StartedBootMs: { } started } && endedBootMs < started + lease.MostSeconds * 1000 - SlackMs;
}

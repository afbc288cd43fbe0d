using Grid.Protocol.Eras;

namespace Grid.Eras;

/// <summary>What may happen when, after an era's end.</summary>
public sealed record EraTiming(EraSchedule Schedule, int CommitWindowEras)
{
    private long GatherSeconds => Math.Min(Limits.GatherTicks * Schedule.TickSeconds, Schedule.EraSeconds / Limits.GatherParts);

    private long RoundSeconds => Math.Max(1, Math.Min(Limits.RoundTicks * Schedule.TickSeconds, Schedule.EraSeconds / Limits.RoundParts));

    public bool IsClosed(ulong era, long now) => now >= Schedule.EndOf(era) + Limits.ClosingTicks * Schedule.TickSeconds;

    /// <summary>Whether a proposer need not wait for more books than a quorum's.</summary>
    public bool IsGathered(ulong era, long now) => now >= GatheredAt(era);

    public bool IsMissed(ulong era, long now) => now >= Schedule.EndOf(era) + CommitWindowEras * Schedule.EraSeconds;

    /// <summary>Whether a commit that was handed in and never seen on the chain is no longer awaited.</summary>
    public bool IsGivenUp(ulong era, long now) => now >= Schedule.EndOf(era) + 2 * CommitWindowEras * Schedule.EraSeconds;

    /// <summary>
    /// Whether an operator that has found no root to sign by now will sign none, so that the next era need not wait for this one. Without a
    /// quorum's books that is when those of the next era are due; with them, once half of the commit window has passed in vain.
    /// </summary>
    /// <param name="votableSince">Since when nothing but this era's own books and proposals are missing.</param>
    public bool IsForgone(ulong era, long votableSince, bool hasBooks, long now) =>
        now >= GatheredAt(era + 1) && now >= votableSince + (hasBooks ? CommitWindowEras * Schedule.EraSeconds / 2 : RoundSeconds);

    /// <summary>0 for the era's first proposer; one more each time that nobody has proposed.</summary>
    public long RoundAt(ulong era, long now) => Math.Max(0, (now - GatheredAt(era)) / RoundSeconds);

    private long GatheredAt(ulong era) => Schedule.EndOf(era) + Limits.ClosingTicks * Schedule.TickSeconds + GatherSeconds;
}

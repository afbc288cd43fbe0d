using Grid.Protocol.Eras;

namespace Grid.Slashing;

/// <summary>How long silence may be reported, and which of it can wait.</summary>
public sealed record ReportWindow(EraSchedule Schedule, long ReportSeconds)
{
    /// <summary>What an era may wait for the books of the ones before it: the rest is for the signatures and the chain.</summary>
    private const int WaitingParts = 3;

    /// <returns>The first and the last era that are over and of which something may still be reported; null where there is none.</returns>
    public (ulong First, ulong Last)? ErasAt(long now)
    {
        if (Schedule.EraAt(now) is not ({ } current and > 0)) return null;
        var first = Schedule.EraAt(now - ReportSeconds - 1) ?? 0;
        return (Math.Max(Math.Min(first, current - 1), current - Math.Min(current, Limits.ErasExamined)), current - 1);
    }

    /// <summary>Whether the era's silence is reported now, though an earlier era can't be read yet.</summary>
    public bool IsPressing(ulong era, long now) => now >= Schedule.EndOf(era) + ReportSeconds / WaitingParts;
}

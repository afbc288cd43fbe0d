using Grid.Protocol.Signing;

namespace Grid.Protocol.Eras;

/// <param name="AnnouncedAtUnixSeconds">When the operator that says so took it.</param>
public sealed record AnnouncedMaintenance(Signed<Maintenance> Notice, long AnnouncedAtUnixSeconds);

/// <summary>What maintenance counts (<c>docs/protocol/eras.md</c>): announced in time, and little of it.</summary>
public static class MaintenanceRules
{
    /// <summary>It begins so many eras after it is announced, or later.</summary>
    public const int NoticeEras = 1;

    /// <summary>So far ahead it may be announced; and all that begins within so many eras together is an era long at most.</summary>
    public const int PeriodEras = 30;

    /// <summary>Windows of one provider that are kept at a time.</summary>
    public const int MostKept = 32;

    /// <param name="known">What this operator has taken of the provider.</param>
    /// <returns>The field, its value and what was expected; null where the announcement counts.</returns>
    public static string? Refusal(Maintenance asked, IReadOnlyList<AnnouncedMaintenance> known, EraSchedule schedule, long now)
    {
        if (!asked.IsWellFormed()) return $"from is {asked.FromUnixSeconds} and to {asked.ToUnixSeconds}: it must end after it begins.";
        var (earliest, latest) = (now + NoticeEras * schedule.EraSeconds, now + PeriodEras * schedule.EraSeconds);
        var from = asked.FromUnixSeconds;
        if (from < earliest) return $"from is {from}, expected {earliest} or later: announce it an era ahead.";
        if (from > latest) return $"from is {from}, expected {latest} at most: announce it later.";
        if (known.Count >= MostKept) return $"{known.Count} windows are announced, {MostKept} may be.";
        var kept = known.Select(static one => one.Notice.Value).ToArray();
        if (kept.FirstOrDefault(other => other.Meets(asked.FromUnixSeconds, asked.ToUnixSeconds)) is { } met)
            return $"from is {from}, but {met.FromUnixSeconds} to {met.ToUnixSeconds} is announced already.";
        var most = Heaviest([.. kept, asked], schedule);
        if (most <= schedule.EraSeconds) return null;
        return $"to is {asked.ToUnixSeconds}: {most} s within {PeriodEras} eras, {schedule.EraSeconds} s may be.";
    }

    /// <summary>Without what is over for longer than any rule looks back.</summary>
    public static IEnumerable<AnnouncedMaintenance> Kept(IEnumerable<AnnouncedMaintenance> known, EraSchedule schedule, long now) =>
        known.Where(one => one.Notice.Value.ToUnixSeconds + PeriodEras * schedule.EraSeconds > now);

    /// <returns>The slots of an era that any of it lies in.</returns>
    public static ulong Slots(IEnumerable<AnnouncedMaintenance> known, ulong era, EraSchedule schedule)
    {
        var (mask, start, end) = (0UL, schedule.StartOf(era), schedule.EndOf(era));
        foreach (var notice in known.Select(static one => one.Notice.Value).Where(notice => notice.Meets(start, end)))
        {
            for (var slot = 0; slot < schedule.Slots; slot++)
            {
                var (from, to) = schedule.SecondsOf(era, slot, slot);
                if (notice.Meets(from, to)) mask |= 1UL << slot;
            }
        }

        return mask;
    }

    /// <summary>The most seconds of windows that begin within one period.</summary>
    private static long Heaviest(Maintenance[] windows, EraSchedule schedule)
    {
        var period = PeriodEras * schedule.EraSeconds;
        return windows.Max(first => windows
            .Where(other => other.FromUnixSeconds >= first.FromUnixSeconds && other.FromUnixSeconds < first.FromUnixSeconds + period)
            .Sum(static other => other.ToUnixSeconds - other.FromUnixSeconds));
    }
}

using System.Collections.Immutable;

namespace Grid.Protocol.Eras;

/// <summary>Whether an operator can put its name to an era's leaves: they must agree with what it saw itself.</summary>
public static class EraAgreement
{
    /// <summary>2 %, of uptime and of providers.</summary>
    public const uint TolerancePpm = 20_000;

    /// <returns>Null where the operator agrees; else what it disagrees with.</returns>
    /// <param name="own">What this operator saw itself.</param>
    public static string? Objection(ImmutableArray<EraRow> rows, ObservationBook own, EraSchedule schedule)
    {
        // A slot is the finest that anybody observes.
        var tolerance = Math.Max(TolerancePpm, (EraLeaf.FullPpm + (uint)schedule.Slots - 1) / (uint)schedule.Slots);
        var (compared, off) = (0, 0);
        ProviderId? first = null;
        foreach (var row in rows)
        {
            if (!row.IsObserved || own.Find(row.Leaf.Provider) is not { } observed || !IsWhole(observed, own.Up, schedule.Slots)) continue;
            if (observed.UptimePpm(own.Up, schedule.Slots) is not { } seen) continue;
            compared++;
            if (Math.Abs((long)seen - row.Leaf.UptimePpm) <= tolerance) continue;
            off++;
            first ??= row.Leaf.Provider;
        }

        // One node that only this operator cannot reach must not stop the era; its own word was counted in the median.
        var allowed = Math.Max(1, compared * TolerancePpm / EraLeaf.FullPpm);
        return off <= allowed ? null : $"{off} of {compared} providers differ by more than {tolerance} ppm from what this operator saw, {allowed} may; the first is {first}.";
    }

    /// <summary>Who saw but a part of the era, since it or the node has just started, can't tell that the others are wrong.</summary>
    private static bool IsWhole(in ProviderObservation observed, ulong up, int slots) => observed.Covered(up) * 10 >= slots * 9;
}

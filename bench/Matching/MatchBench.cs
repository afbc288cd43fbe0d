using System.Diagnostics;
using System.Runtime.Intrinsics;
using Grid.Bench.Runtime;
using Grid.Matching;
using Grid.Silo.Matching;

namespace Grid.Bench.Matching;

/// <summary>Measures exact matches over one region's index: the very one that a matchmaker has.</summary>
internal static class MatchBench
{
    private const int DrawsInTurn = 256;
    private const int WarmUps = 50;
    private const int FewestRuns = 200;
    private const int MostRuns = 20_000;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3);

    public static MatchBenchResult Run(int listings)
    {
        var offers = new BenchOffers(listings);
        var (index, bytes) = Filled(offers);
        var worstQuery = QueryOf(BenchOffers.Worst);
        var draws = Enumerable.Range(0, DrawsInTurn).Select(BenchOffers.Draw).ToArray();
        var worst = Measure(number => Require(index.Scan(worstQuery, draws[number % DrawsInTurn]) > 0), out var worstAllocated);
        var touched = index.BytesScannedPerListing;
        var reference = Reference((long)listings * touched);
        MatchQuery[] queries = [.. BenchOffers.Typical().Select(QueryOf)];
        var typical = Measure(number => index.Scan(queries[number % queries.Length], draws[number % DrawsInTurn]), out var typicalAllocated);
        return new MatchBenchResult(
            listings,
            new MatchTimes(Quantile(worst, 0.5), Quantile(worst, 0.99), Quantile(worst, 0), worstAllocated),
            new TypicalTimes(Quantile(typical, 0.5), Quantile(typical, 0.99), Quantile(typical, 0), typicalAllocated, PerSecond(index)),
            touched,
            Math.Round(bytes / (double)listings, 1),
            RecoverMs(offers, index.Count),
            new MatchReference(reference),
            Math.Round(Quantile(worst, 0.5) / reference, 2));
    }

    private static (OfferIndex Index, long Bytes) Filled(BenchOffers offers)
    {
        var before = Settled();
        var index = new OfferIndex(RegionMap.Standard);
        foreach (var row in offers.Rows()) index.Apply(OfferDelta.Upsert(row));
        if (index.MedianStakeDelta() is { } median) index.Apply(median);
        return (index, Settled() - before);
    }

    /// <summary>From the files that a killed silo leaves: the newest snapshot, and the changes after it.</summary>
    private static double RecoverMs(BenchOffers offers, int listings)
    {
        using var folder = new ScratchFolder();
        Keep(offers, folder.File("offers")).GetAwaiter().GetResult();
        Settled();
        using var files = new OfferFiles(folder.File("offers"), RegionMap.Standard, TimeProvider.System);
        var start = Stopwatch.GetTimestamp();
        var restored = files.Restore(BenchOffers.Region).GetAwaiter().GetResult();
        var recoverMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Require(restored?.Count == listings);
        return Math.Round(recoverMs, 1);
    }

    private static async Task Keep(BenchOffers offers, string folder)
    {
        using var files = new OfferFiles(folder, RegionMap.Standard, TimeProvider.System);
        var kept = new KeptIndex(files, BenchOffers.Region, new OfferIndex(RegionMap.Standard), static () => { });
        foreach (var row in offers.Rows())
        {
            kept.Apply(OfferDelta.Upsert(row));
            if (kept.IsFull) await kept.Kept();
        }

        await kept.Kept();
    }

    private static long Settled()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, true, true);
        return GC.GetTotalMemory(true);
    }

    private static MatchQuery QueryOf(MatchRequirement requirement) => new(requirement, RegionMap.Standard, false);

    /// <returns>Sorted times of single runs in microseconds.</returns>
    private static double[] Measure(Action<int> work, out long allocatedEach)
    {
        for (var i = 0; i < WarmUps; i++) work(i);
        var times = new List<double>(MostRuns);
        var begun = Stopwatch.GetTimestamp();
        allocatedEach = long.MaxValue;
        while (times.Count < FewestRuns || times.Count < MostRuns && Stopwatch.GetElapsedTime(begun) < Each)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            work(times.Count);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            allocatedEach = Math.Min(allocatedEach, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        return [.. times.Order()];
    }

    private static double Quantile(double[] sorted, double quantile) => Math.Round(sorted[(int)((sorted.Length - 1) * quantile)], 1);

    private static long PerSecond(OfferIndex index)
    {
        var orders = BenchOffers.Typical();
        var waiting = new WaitingMatch[Grid.Matching.Limits.MatchesInOnePass];
        var (done, begun) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begun) < Each)
        {
            for (var i = 0; i < waiting.Length; i++) waiting[i] = new WaitingMatch(QueryOf(orders[(done + i) % orders.Length]), BenchOffers.Draw(done + i));
            done += index.MatchAll(waiting).Length;
        }

        return (long)(done / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static double Reference(long bytes)
    {
        var cells = new uint[bytes / sizeof(uint) + Vector512<uint>.Count];
        cells.AsSpan().Fill(1);
        return Quantile(Measure(_ => Require(Sum(cells) != 0), out var _), 0.5);
    }

    private static uint Sum(uint[] cells)
    {
        var (first, second, third, fourth) = (Vector512<uint>.Zero, Vector512<uint>.Zero, Vector512<uint>.Zero, Vector512<uint>.Zero);
        var width = (nuint)Vector512<uint>.Count;
        nuint at = 0;
        for (; at + 4 * width <= (nuint)cells.Length; at += 4 * width)
        {
            first += Vector512.LoadUnsafe(ref cells[0], at);
            second += Vector512.LoadUnsafe(ref cells[0], at + width);
            third += Vector512.LoadUnsafe(ref cells[0], at + 2 * width);
            fourth += Vector512.LoadUnsafe(ref cells[0], at + 3 * width);
        }

        return Vector512.Sum(first + second + third + fourth);
    }

    private static void Require(bool holds)
    {
        if (!holds) throw new InvalidOperationException("A pass that found nothing measures nothing.");
    }
}

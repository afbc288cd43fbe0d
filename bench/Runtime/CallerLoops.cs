using System.Diagnostics;

namespace Grid.Bench.Runtime;

/// <summary>Closed loops: each caller calls again as soon as it is answered.</summary>
internal static class CallerLoops
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <param name="call">(caller, count) → one call.</param>
    public static async Task<(Latencies Latencies, double Seconds, long Bytes)> RunAsync(int callers, TimeSpan duration, Func<int, long, Task> call)
    {
        await MeasureAsync(callers, WarmUp, call);
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var latencies = await MeasureAsync(callers, duration, call);
        return (latencies, Stopwatch.GetElapsedTime(start).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private static async Task<Latencies> MeasureAsync(int callers, TimeSpan duration, Func<int, long, Task> call)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var loops = Enumerable.Range(0, callers).Select(caller => Task.Run(() => LoopAsync(caller, end, call)));
        var all = new Latencies();
        foreach (var latencies in await Task.WhenAll(loops))
            all.Add(latencies);
        return all;
    }

    private static async Task<Latencies> LoopAsync(int caller, long end, Func<int, long, Task> call)
    {
        var latencies = new Latencies();
        var before = Stopwatch.GetTimestamp();
        for (long count = 0; before < end; count++)
        {
            await call(caller, count);
            var after = Stopwatch.GetTimestamp();
            latencies.Add(after - before);
            before = after;
        }

        return latencies;
    }
}

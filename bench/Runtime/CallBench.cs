using System.Globalization;

namespace Grid.Bench.Runtime;

/// <summary>Calls to 1 000 grains that are in memory.</summary>
internal static class CallBench
{
    public const int Grains = 1000;

    // A prime, so that callers that start apart stay apart.
    private const int Stride = 7919;

    public static async Task<CallFigures> RunAsync(int callers, TimeSpan duration)
    {
        await using var cluster = await BenchSilo.StartAsync();
        var grains = Enumerable.Range(0, Grains)
            .Select(i => cluster.Client.GetGrain<IAddGrain>(i.ToString(CultureInfo.InvariantCulture)))
            .ToArray();
        await Task.WhenAll(grains.Select(grain => grain.Add(0)));

        var (latencies, seconds, bytes) = await CallerLoops.RunAsync(
            callers, duration, (caller, count) => grains[(int)(((caller * 31) + (count * Stride)) % Grains)].Add(count));

        return new CallFigures(
            callers, (long)(latencies.Count / seconds), latencies.QuantileUs(0.5), latencies.QuantileUs(0.99), latencies.MaxUs, bytes / latencies.Count);
    }
}

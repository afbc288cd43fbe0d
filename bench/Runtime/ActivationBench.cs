using System.Diagnostics;
using System.Globalization;

namespace Grid.Bench.Runtime;

/// <summary>First calls to grains that are not in memory.</summary>
internal static class ActivationBench
{
    private const int Grains = 100_000;
    private const int Callers = 32;

    public static async Task<long> RunAsync()
    {
        await using var cluster = await BenchSilo.StartAsync();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; i < Grains; i += Callers)
                await cluster.Client.GetGrain<IAddGrain>(i.ToString(CultureInfo.InvariantCulture)).Add(1);
        })));
        return (long)(Grains / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}

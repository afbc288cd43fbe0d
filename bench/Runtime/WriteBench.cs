using System.Globalization;
using Grid.Runtime.Storage;

namespace Grid.Bench.Runtime;

/// <summary>State writes of about 500 bytes, each acknowledged only when it is durable (SQLite, synchronous=FULL).</summary>
internal static class WriteBench
{
    public const int ConcurrentWriters = 256;

    public static async Task<WriteFigures> RunAsync(TimeSpan duration) =>
        new(await RunAsync(1, duration), await RunAsync(ConcurrentWriters, duration));

    private static async Task<long> RunAsync(int writers, TimeSpan duration)
    {
        using var folder = new ScratchFolder();
        using var store = SqliteStore.Open(new SqliteStoreOptions { Path = folder.File("bench.db") });
        var storage = new SqliteGrainStorage(store, new JsonGrainStorageSerializer(BenchStateJson.Default));
        await using var cluster = await BenchSilo.StartAsync(silo => silo.AddGrainStorageAsDefault(_ => storage));
        var grains = Enumerable.Range(0, writers)
            .Select(i => cluster.Client.GetGrain<IWriteGrain>(i.ToString(CultureInfo.InvariantCulture)))
            .ToArray();
        var (latencies, seconds, _) = await CallerLoops.RunAsync(writers, duration, (caller, _) => grains[caller].Write());
        return (long)(latencies.Count / seconds);
    }
}

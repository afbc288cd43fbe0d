using System.Diagnostics;
using Grid.Chain.Crypto;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Bench.Eras;

/// <summary>Measures what an operator computes for an era.</summary>
internal static class EraBench
{
    private const ulong Era = 42;
    private const int Operators = 5;
    private const int Runs = 5;
    private const int ReferenceLeaves = 1 << 20;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    public static EraBenchResult Run(int providers)
    {
        var leaves = BenchEra.Leaves(providers);
        var treeMs = MedianMs(() => EraTree.Build(Era, leaves));
        var tree = EraTree.Build(Era, leaves);
        using var key = PrivateKey.Generate();
        var sign = PerSecond(i => new EraRoot((ulong)i, tree.Root, (uint)providers, default).Sign(key, GridDomain.Local));
        var verify = PerSecond(i => Require(tree.Prove(i % providers).IsIn(Era, tree.Root, (uint)providers)));
        var endToCommit = EndToCommitMs(providers);
        var reference = Reference();
        using var process = Process.GetCurrentProcess();
        return new EraBenchResult(
            providers, Operators, treeMs, (long)(providers / treeMs * 1_000), sign, verify, endToCommit, process.PeakWorkingSet64 >> 20, reference);
    }

    private static double EndToCommitMs(int providers)
    {
        using var era = new BenchEra(Era, providers, Operators);
        return MedianMs(era.Commit);
    }

    private static EraReference Reference()
    {
        var block = new byte[64 * 256];
        var hashes = new byte[32 * 256];
        var single = PerSecond(_ => Keccak256.Hash(block.AsSpan(0, 64)));
        var many = PerSecond(_ => Keccak256.HashMany(block, 64, hashes)) * 256;
        var leaves = BenchEra.Leaves(ReferenceLeaves);
        var cpuMs = double.MaxValue;
        var treeMs = MedianMs(() =>
        {
            var before = Environment.CpuUsage.TotalTime;
            EraTree.Build(Era, leaves);
            cpuMs = Math.Min(cpuMs, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        });
        return new EraReference(single, many, treeMs, cpuMs, Math.Round(cpuMs / 1_000 * single / ReferenceLeaves, 2), Environment.ProcessorCount);
    }

    private static double MedianMs(Action work)
    {
        work();
        var times = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            work();
            times[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return Math.Round(times[Runs / 2], 1);
    }

    private static long PerSecond(Action<int> work)
    {
        for (var i = 0; i < 200; i++) work(i);
        var (done, start) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start) < Each)
        {
            for (var i = 0; i < 64; i++) work(done++);
        }

        return (long)(done / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void Require(bool holds)
    {
        if (!holds) throw new InvalidOperationException("A proof of the tree's own leaf does not hold.");
    }
}

using System.Globalization;
using Grid.Simulation;

namespace Grid.Tests.Simulation.Worlds;

public sealed class SeededRuns
{
    private const int FewRuns = 200;
    private const int ManyRuns = 10_000;

    private static int Runs => Environment.GetEnvironmentVariable("GRID_LONG_TESTS") == "1" ? ManyRuns : FewRuns;

    /// <summary>A device is never leased twice, an acknowledged lease is never lost, holds expire, unpaid runtime is at most a tick, money is conserved, all settles.</summary>
    [Fact]
    public void Nothing_is_sold_twice_lost_or_unpaid_under_all_faults_together()
    {
        var broken = new SortedDictionary<ulong, string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(1, Runs + 1, options, seed =>
        {
            using var world = new World(WorldOptions.Small((ulong)seed));
            world.Run();
            if (world.Violations.Count == 0) return;
            lock (broken) broken.Add((ulong)seed, world.Violations[0].ToString());
        });

        Assert.True(broken.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{broken.Count} of {Runs} seeds (replay one with grid-sim --small --seed N):\n")
            + string.Join('\n', broken.Values));
    }
}

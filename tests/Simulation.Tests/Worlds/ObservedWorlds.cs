using System.Globalization;
using Grid.Simulation;

namespace Grid.Tests.Simulation.Worlds;

/// <summary>Operators that observe and report on their real grains, while nodes, links and silos die, and one of them lies.</summary>
public sealed class ObservedWorlds
{
    private const int FewRuns = 2;
    private const int ManyRuns = 200;

    private static int Runs => Environment.GetEnvironmentVariable("GRID_LONG_TESTS") == "1" ? ManyRuns : FewRuns;

    [Fact]
    public void Nobody_mints_uptime_nor_is_slashed_while_he_was_heard_and_real_silence_is_signed()
    {
        var broken = new SortedDictionary<ulong, string>();
        var (eras, faults) = (0, 0);
        Parallel.For(1, Runs + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            using var world = new World(ObservingOperators.Options with { Seed = (ulong)seed });
            world.Run();
            lock (broken)
            {
                (eras, faults) = (eras + world.ErasCommitted, faults + world.FaultsSigned);
                if (world.Violations.Count > 0) broken.Add((ulong)seed, world.Violations[0].ToString());
            }
        });

        var found = string.Create(CultureInfo.InvariantCulture, $"{broken.Count} of {Runs} seeds:\n") + string.Join('\n', broken.Values);
        Assert.True(broken.Count == 0, found);
        Assert.True(eras >= Runs, $"{eras} eras committed in {Runs} worlds");
        Assert.True(faults > 0, "no silence was signed: the worlds are too quiet to show anything");
    }

    [Fact]
    public void One_seed_makes_one_run() => Assert.Equal(JournalOf(7), JournalOf(7));

    private static string JournalOf(ulong seed)
    {
        using var world = new World(ObservingOperators.Options with { Seed = seed });
        world.Start();
        world.RunFor(TimeSpan.FromMinutes(12));
        return world.Virtual.Journal.Hash;
    }
}

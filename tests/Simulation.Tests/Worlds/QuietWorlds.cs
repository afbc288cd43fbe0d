using System.Diagnostics;
using System.Text.Json;
using Grid.Simulation;

namespace Grid.Tests.Simulation.Worlds;

public sealed class QuietWorlds
{
    [Fact]
    public void Where_nothing_goes_wrong_everything_settles()
    {
        using var world = new World(WorldOptions.Small(1) with { Faults = FaultPlan.None });

        world.Run();

        Assert.Empty(world.Violations);
        Assert.True(world.LeasesSettled > 10, $"{world.LeasesSettled} leases settled");
    }

    [Fact]
    public void One_seed_makes_one_run() => Assert.Equal(JournalOf(7), JournalOf(7));

    [Fact]
    public void Another_seed_makes_another_run() => Assert.NotEqual(JournalOf(7), JournalOf(8));

    [Fact]
    public async Task Two_processes_make_the_same_run_of_one_seed()
    {
        var (first, second) = (InOtherProcess("11"), InOtherProcess("11"));

        Assert.Equal(await first, await second);
    }

    private static async Task<string> InOtherProcess(string seed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "grid-sim");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, ArgumentList = { "--small", "--seed", seed, "--json" } };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        using var report = JsonDocument.Parse(output);
        return report.RootElement.GetProperty("journalHash").GetString()!;
    }

    private static string JournalOf(ulong seed)
    {
        using var world = new World(WorldOptions.Small(seed) with { Duration = TimeSpan.FromMinutes(5) });
        world.Start();
        world.RunFor(TimeSpan.FromMinutes(5));
        return world.Virtual.Journal.Hash;
    }
}

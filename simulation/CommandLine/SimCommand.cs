using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Grid.Simulation;

/// <summary><c>grid sim</c>: one world, or one scenario of the fault table.</summary>
internal static class SimCommand
{
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Equal seeds make equal runs.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<int> Providers = new("--providers") { Description = "Nodes of the world.", DefaultValueFactory = static _ => 20 };
    private static readonly Option<int> Operators = new("--operators") { Description = "Each with tenants of its own; all sell the same nodes.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double> Days = new("--days") { Description = "Virtual time under faults.", DefaultValueFactory = static _ => 0.25 };
    private static readonly Option<double> Load = new("--load") { Description = "Deployments per provider and hour.", DefaultValueFactory = static _ => 0.5 };
    private static readonly Option<bool> Small = new("--small") { Description = "The world of the tests' seeded runs: half an hour under all faults together." };
    private static readonly Option<int?> Row = new("--scenario") { Description = "One row of the fault table: " + string.Join(", ", AllScenarios.All.Select(static scenario => scenario.Row)) + "." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON alone on standard output." };

    public static RootCommand Create()
    {
        var command = new RootCommand("Runs the grid's real grains and node rules in a simulated world of providers, tenants and faults.") { Seed, Providers, Operators, Days, Load, Small, Row, Json };
        command.SetAction(static result => Run(result));
        return command;
    }

    private static int Run(ParseResult result)
    {
        if (result.GetValue(Row) is { } row) return RunScenario(row, result.GetValue(Seed), result.GetValue(Json));
        var (providers, days, load) = (result.GetValue(Providers), result.GetValue(Days), result.GetValue(Load));
        var operators = result.GetValue(Operators);
        if (operators is < 1 or > Limits.Operators || providers is < 1 or > Limits.Providers || days is <= 0 or > Limits.Days || load is <= 0 or > 1000)
        {
            Console.Error.WriteLine($"--operators must be 1 to {Limits.Operators}, --providers 1 to {Limits.Providers}, --days above 0 to {Limits.Days}, --load above 0 to 1000.");
            return 2;
        }

        var seed = result.GetValue(Seed);
        var report = Report((result.GetValue(Small) ? WorldOptions.Small(seed) : OptionsFor(seed, providers, days, load)) with { Operators = operators });
        foreach (var violation in report.Broken) Console.Error.WriteLine(violation);
        if (result.GetValue(Json)) Console.WriteLine(JsonSerializer.Serialize(report, SimJson.Default.SimReport));
        else Console.WriteLine($"seed {report.Seed}: {report.Events} events, {report.LeasesSettled} leases, {report.InvariantsChecked} checks, {report.Violations} violations, journal {report.JournalHash}");
        return report.Violations == 0 ? 0 : 1;
    }

    private static int RunScenario(int row, ulong seed, bool isJson)
    {
        if (AllScenarios.Find(row) is not { } scenario)
        {
            Console.Error.WriteLine($"--scenario {row} is none of this simulator: expected one of {string.Join(", ", AllScenarios.All.Select(static known => known.Row))}.");
            return 2;
        }

        var start = Stopwatch.GetTimestamp();
        using var world = scenario.Run(seed);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var violation in world.Violations) Console.Error.WriteLine(violation);
        var report = new ScenarioReport(
            row, scenario.Name, scenario.Invariants, seed, scenario.Options.Providers, world.Virtual.Elapsed.TotalDays, world.Virtual.EventCount,
            (long)(world.Virtual.EventCount / seconds), world.InvariantsChecked, world.Violations.Count, world.Virtual.Journal.Hash,
            [.. world.Violations.Select(static violation => violation.ToString())]);
        if (isJson) Console.WriteLine(JsonSerializer.Serialize(report, SimJson.Default.ScenarioReport));
        else Console.WriteLine($"scenario {row}, {scenario.Name}: {report.Violations} violations of {string.Join('/', scenario.Invariants)} or others in {report.InvariantsChecked} checks");
        return report.Violations == 0 ? 0 : 1;
    }

    private static WorldOptions OptionsFor(ulong seed, int providers, double days, double load)
    {
        var tenants = Math.Max(2, providers / 2);
        return new WorldOptions
        {
            Seed = seed,
            Providers = providers,
            Tenants = tenants,
            Duration = TimeSpan.FromDays(days),
            DeploymentEvery = TimeSpan.FromHours(tenants / (load * providers)),
            Faults = FaultPlan.Usual,
            CheckEvery = TimeSpan.FromSeconds(10),
        };
    }

    private static SimReport Report(WorldOptions options)
    {
        var start = Stopwatch.GetTimestamp();
        using var world = new World(options);
        world.Run();
        var events = world.Virtual.EventCount;
        return new SimReport(
            options.Seed, options.Providers, options.Duration.TotalDays, events, (long)(events / Stopwatch.GetElapsedTime(start).TotalSeconds), world.InvariantsChecked,
            world.Violations.Count, world.Virtual.Journal.Hash, world.All.Sum(static one => one.LeasesSettled), [.. world.Violations.Select(static violation => violation.ToString())]);
    }
}

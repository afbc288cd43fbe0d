using System.CommandLine;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.LocalGrids;

/// <summary><c>grid up</c>: a whole grid on this machine until Ctrl-C.</summary>
internal static class UpCommand
{
    private static readonly Option<int> Providers = new("--providers") { Description = "How many nodes.", HelpName = "N", DefaultValueFactory = static _ => 5 };
    /// <summary>Also of <c>grid demo</c>.</summary>
    public static readonly Option<int> Operators = new("--operators") { Description = "How many operators, each with a silo of its own; every node sells through all.", HelpName = "N", DefaultValueFactory = static _ => 1 };

    /// <summary>Also of <c>grid demo</c>.</summary>
    public static readonly Option<string> Ledger = new("--ledger") { Description = "Where deposits and stake lie: chain (a real EVM node of its own) or local (each operator's own ledger).", HelpName = "KIND", DefaultValueFactory = static _ => "local" };

    private static readonly Option<string?> PretendGpu = new("--pretend-gpu") { Description = "Every node pretends to have one of this model; every record marks it.", HelpName = "MODEL" };
    private static readonly Option<string?> Data = new("--data") { Description = "A new or empty folder for its data, removed at the end; by default a temporary one.", HelpName = "DIR" };

    /// <summary>Also of <c>grid demo</c>.</summary>
    public static readonly Option<bool> AllowUnisolated = new("--allow-unisolated") { Description = "Run workloads without a sandbox where none can be had (no bubblewrap, no user namespaces)." };

    public static Command Create()
    {
        var command = new Command("up", "Run a whole local grid until Ctrl-C. Examples: grid up · grid up --providers 8 --pretend-gpu rtx4090 · grid up --operators 3 --ledger chain") { Providers, Operators, Ledger, PretendGpu, Data, AllowUnisolated, CommonOptions.Json };
        Ledger.AcceptOnlyFromAmong("local", "chain");
        Providers.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Limits.MaxLocalNodes) result.AddError($"--providers: expected 1 to {Limits.MaxLocalNodes}.");
        });
        Operators.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Limits.MaxLocalOperators) result.AddError($"--operators: expected 1 to {Limits.MaxLocalOperators}.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var home = GridHome.Current;
        if (RunningGrid.Find(home) is { } running)
            throw new GridException(GridErrorKind.InvalidInput, $"A local grid runs already (process {running.ProcessId}, {running.Settings.Url}). Stop it first, or give this one a home of its own: GRID_HOME=DIR grid up");
        if (RunningGrid.RemoveDead(home) is { } left) output.Note($"removed {left}, which a killed local grid left");
        var options = new LocalGridOptions
        {
            Providers = asked.GetValue(Providers),
            Operators = asked.GetValue(Operators),
            HasChain = asked.GetValue(Ledger) == "chain",
            PretendedGpu = asked.GetValue(PretendGpu),
            DataFolder = asked.GetValue(Data),
            AllowUnisolated = asked.GetValue(AllowUnisolated),
        };
        await using var grid = await Steps.RunAsync(output, "starting", steps => LocalGrid.StartAsync(options, steps.Reached, cancellation));
        var state = RunningGrid.OfThisProcess(grid.DataFolder, grid.Settings);
        try
        {
            state.Write(home);
            output.Answer(state, SettingsJson.Default.RunningGrid, _ => Explain(grid, output));
            await WaitAsync(grid, output, cancellation);
        }
        finally
        {
            File.Delete(home.LocalGridFile);
            output.Note("stopping");
        }
        return Guard.Ok;
    }

    private static void Explain(LocalGrid grid, CommandOutput output)
    {
        output.Line();
        output.Line($"A grid of {grid.Nodes.Count} nodes runs at {string.Join(", ", grid.Operators.Select(static known => known.Url))} until Ctrl-C. In another terminal:");
        output.Line("  grid deploy samples/train/deploy.yaml --follow    a batch job; then: grid fetch ID");
        output.Line("  grid deploy samples/web/deploy.yaml               a web service; grid status ID shows its address");
        output.Line("  grid explain ID --verify · grid ls · grid close ID · grid providers · grid wallet balance");
        output.Line($"Logs: {grid.LogFolder}");
    }

    private static async Task WaitAsync(LocalGrid grid, CommandOutput output, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (grid.Operators.FirstOrDefault(static known => known.Silo.HasExited) is { } dead) throw LocalGrid.Died(dead.Silo);
                await Task.Delay(Limits.WatchPause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            output.Line();
        }
    }
}

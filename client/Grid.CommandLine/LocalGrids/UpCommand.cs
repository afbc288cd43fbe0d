using System.CommandLine;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.LocalGrids;

/// <summary><c>grid up</c>: a whole grid on this machine until Ctrl-C.</summary>
internal static class UpCommand
{
    private static readonly Option<int?> Providers = new("--providers")
    {
        Description = $"How many nodes; {new LocalGridOptions().Providers} by default.",
        HelpName = "N",
    };

    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Forget the grid that was kept the last time, and begin anew." };

    private static readonly Option<string?> PretendGpu = new("--pretend-gpu") { Description = "Every node pretends to have one of this model; every record marks it.", HelpName = "MODEL" };
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "A folder for its data. With a chain it is kept, and gone on with the next time; without one it must be new or empty, and "
            + "is removed at the end.",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command(
            "up",
            "Run a whole local grid until Ctrl-C; the next one goes on with its chain and its contracts. Examples: grid up · "
            + "grid up --fresh --providers 8 · grid up --ledger local --pretend-gpu rtx4090")
        {
            Providers, LocalGridArguments.Operators, LocalGridArguments.Ledger, PretendGpu, Data, Fresh, LocalGridArguments.AllowUnisolated,
            CommonOptions.Json,
        };
        Providers.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > Limits.MaxLocalNodes)
                result.AddError($"--providers: expected 1 to {Limits.MaxLocalNodes}.");
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
        var options = OptionsOf(asked, home);
        await using var grid = await Steps.RunAsync(output, "starting", steps => LocalGrid.StartAsync(options, steps.Reached, cancellation));
        if (options.IsKept && asked.GetValue(Data) is null) KeptGrid.Note(home, grid.DataFolder);
        var state = RunningGrid.OfThisProcess(grid.DataFolder, grid.Settings, options.IsKept);
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

    private static LocalGridOptions OptionsOf(ParseResult asked, GridHome home)
    {
        var named = LocalGridArguments.Of(asked);
        var options = named with
        {
            Providers = asked.GetValue(Providers) ?? named.Providers,
            PretendedGpu = asked.GetValue(PretendGpu),
            DataFolder = asked.GetValue(Data),
            IsKept = named.HasChain,
        };
        if (!options.IsKept) return options;
        var folder = options.DataFolder ?? KeptGrid.FolderOf(home);
        if (asked.GetValue(Fresh) && folder is not null) KeptGrid.Forget(folder);
        options = options with { DataFolder = folder ?? LocalGridFolder.NewKeptRoot() };
        return KeptGrid.In(options.DataFolder) is { } kept
            ? kept.GoOn(options, asked.GetValue(Providers), asked.GetValue(LocalGridArguments.Operators))
            : options;
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

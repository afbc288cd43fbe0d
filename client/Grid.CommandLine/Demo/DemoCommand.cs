using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.LocalGrids;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Demo;

/// <summary><c>grid demo</c>: a grid of five nodes, three deployments, and nothing left at the end.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command(
            "demo",
            "Show the whole grid once: three samples find a provider, run, answer and are billed; a node dies and is slashed, a wrong "
            + "accusation is dismissed, roots settle on the chain. Examples: grid demo · grid demo --json · grid demo --ledger local")
        {
            LocalGridArguments.Operators, LocalGridArguments.Ledger, LocalGridArguments.AllowUnisolated, CommonOptions.Json,
        };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.DemoDeadline);
        var steps = new Steps(output);
        var run = new DemoRun(output, steps);
        var options = LocalGridArguments.Of(asked) with { RunAheadSeconds = Limits.DemoRunAheadSeconds };
        var (error, logs) = await TryAsync(run, options, steps, limit.Token, cancellation);
        var report = run.Report(error, logs);
        if (error is not null) output.Note($"the demo failed after {report.Seconds} s: {error}{(logs is null ? "" : $"\ngrid: the logs are in {logs}")}");
        if (output.IsJson) output.Json(report, DemoJson.Default.DemoReport);
        else if (report.Ok) output.Line($"done in {report.Seconds} s: everything is closed, and nothing is left behind");
        return report.Ok ? Guard.Ok : Guard.Failed;
    }

    /// <returns>What failed and where the logs are; null for nothing.</returns>
    private static async Task<(string? Error, string? Logs)> TryAsync(DemoRun run, LocalGridOptions options, Steps steps, CancellationToken limited, CancellationToken cancellation)
    {
        LocalGrid? grid = null;
        try
        {
            grid = await LocalGrid.StartAsync(options, steps.Reached, limited);
            await run.RunAsync(grid, limited);
            return (null, null);
        }
        catch (Exception e) when (e is GridException or ContractException or ChainException or KeystoreException or HttpRequestException or IOException)
        {
            return (e.Message, grid?.SaveLogs());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ($"it did not end within {Limits.DemoDeadline.TotalSeconds} s", grid?.SaveLogs());
        }
        finally
        {
            if (grid is not null) await grid.DisposeAsync();
        }
    }
}

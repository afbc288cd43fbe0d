using System.Diagnostics;

namespace Grid.CommandLine.Testing;

/// <summary>Runs one suite's executable to its end, or ends it at its time limit.</summary>
internal static class SuiteProcess
{
    /// <summary>Tests that take hours run only where this variable is 1.</summary>
    private const string LongVariable = "GRID_LONG_TESTS";

    /// <summary>Where it is 1, a missing EVM tool is a failure and no reason to skip: ./grid has installed it.</summary>
    private const string NoSkipVariable = "GRID_NO_SKIP";

    public static async Task RunAsync(TestSuite suite, TestRunOptions options, SuiteReport report, CancellationToken cancellation)
    {
        if (!File.Exists(suite.Executable))
        {
            report.Break($"{suite.Executable} is missing. Build the solution first: dotnet build -c Release");
            return;
        }
        using var process = Process.Start(StartInfo(suite, options))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.SuiteLimit);
        try
        {
            var output = Task.WhenAll(Drain(process.StandardOutput, report, limit.Token), Drain(process.StandardError, report, limit.Token));
            await process.WaitForExitAsync(limit.Token);
            // A process that a test left behind may hold the pipes open for ever.
            await Task.WhenAny(output, Task.Delay(Limits.OutputAfterExit, limit.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            report.Break(cancellation.IsCancellationRequested ? "ended by the user" : $"ended: it ran longer than its limit of {options.SuiteLimit.TotalSeconds} s");
            cancellation.ThrowIfCancellationRequested();
            return;
        }
        if (!report.IsFinished) report.Break($"the process ended with exit code {process.ExitCode} before its tests did");
    }

    private static ProcessStartInfo StartInfo(TestSuite suite, TestRunOptions options)
    {
        var start = new ProcessStartInfo(suite.Executable)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(suite.Executable)!,
        };
        string[] filter = options.Filter is null ? [] : ["-method", $"*{options.Filter}*"];
        foreach (var argument in (string[])["-reporter", "json", "-noAutoReporters", "-noColor", .. filter]) start.ArgumentList.Add(argument);
        start.Environment[NoSkipVariable] = "1";
        if (options.Long) start.Environment[LongVariable] = "1";
        else start.Environment.Remove(LongVariable);
        return start;
    }

    private static async Task Drain(StreamReader output, SuiteReport report, CancellationToken cancellation)
    {
        while (await output.ReadLineAsync(cancellation) is { } line)
            lock (report)
                report.Read(line);
    }
}

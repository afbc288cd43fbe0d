using System.Diagnostics;

namespace Grid.CommandLine.Testing;

/// <summary>Runs the repository's suites one after the other: they measure and kill real processes and must not disturb each other.</summary>
internal static class TestRun
{
    public static async Task<TestRunResult> RunAsync(TestRunOptions options, TestProgress progress, CancellationToken cancellation)
    {
        var results = new List<SuiteResult>();
        foreach (var suite in TestSuite.FindAll(options.Root)) results.Add(await RunSuiteAsync(suite, options, progress, cancellation));
        return TestRunResult.Of(results);
    }

    private static async Task<SuiteResult> RunSuiteAsync(TestSuite suite, TestRunOptions options, TestProgress progress, CancellationToken cancellation)
    {
        var report = new SuiteReport(suite.Name);
        progress.Starting(suite.Name, report);
        var started = Stopwatch.GetTimestamp();
        await SuiteProcess.RunAsync(suite, options, report, cancellation);
        var result = report.Result(Stopwatch.GetElapsedTime(started));
        progress.Finished(result);
        return result;
    }
}

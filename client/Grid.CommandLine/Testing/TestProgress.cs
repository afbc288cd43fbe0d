namespace Grid.CommandLine.Testing;

/// <summary>Shows a run while it goes: a line that counts, on a terminal only, and a line for each suite that is done.</summary>
internal sealed class TestProgress(TextWriter output, bool isTerminal) : IDisposable
{
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private SuiteReport? _report;
    private string _suite = "";
    private Timer? _timer;

    public void Starting(string suite, SuiteReport report)
    {
        lock (_gate)
        {
            (_suite, _report) = (suite, report);
            report.Failed += Show;
            report.Noted += Show;
            if (isTerminal) _timer = new Timer(_ => ShowCount(), null, TimeSpan.Zero, Tick);
        }
    }

    public void Finished(SuiteResult result)
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _report = null;
            var mark = result.Failed > 0 ? "FAILED" : "ok";
            Write($"{mark,-6} {result.Name,-24} {result.Passed,6} passed {result.Failed,4} failed {result.Skipped,4} skipped {result.Seconds,7:F1} s");
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Show(TestFailure failure)
    {
        lock (_gate)
        {
            Write($"failed {failure.Test}");
            foreach (var line in (failure.Message + "\n" + failure.Stack).Split('\n', StringSplitOptions.RemoveEmptyEntries)) output.WriteLine("       " + line);
        }
    }

    private void Show(string note)
    {
        lock (_gate) Write($"note   {note}");
    }

    private void ShowCount()
    {
        lock (_gate)
            if (_report is { } report)
                output.Write($"{ClearLine}       {_suite,-24} {report.Done,6} done");
    }

    private void Write(string line) => output.WriteLine(isTerminal ? ClearLine + line : line);
}

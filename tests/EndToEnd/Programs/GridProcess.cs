using System.Diagnostics;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Programs;

/// <summary>The <c>grid</c> program as a user starts it.</summary>
internal sealed class GridProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private GridProcess(Process process) => (_process, _output, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    public int ProcessId => _process.Id;

    public static GridProcess Start(string home, params string[] args)
    {
        var start = new ProcessStartInfo(Repository.CommandLine, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GRID_HOME"] = home;
        start.Environment.Remove("GRID_URL");
        start.Environment.Remove("GRID_OPERATORS");
        return new GridProcess(Process.Start(start)!);
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string home, params string[] args)
    {
        using var process = Start(home, args);
        return await process.WaitAsync();
    }

    /// <summary>Asks it to end, as Ctrl-C and <c>kill</c> do.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{ProcessId}"]);
        kill.WaitForExit();
    }

    public async Task<(int ExitCode, string Output, string Error)> WaitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(260));
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using Grid.Client;
using Grid.CommandLine.Programs;

namespace Grid.CommandLine.LocalGrids;

/// <summary>
/// A program of the local grid. Its standard input is a pipe that ends when this process does, however it ends: with <c>--exit-with-parent</c> the program then
/// stops itself and all that it started. Its output goes to a log file.
/// </summary>
public sealed class ChildProgram : IDisposable
{
    private const string RuntimeVariable = "DOTNET_ROOT";

    private readonly Process _process;

    private ChildProgram(string name, string logFile, Process process) => (Name, LogFile, _process) = (name, logFile, process);

    public string Name { get; }

    public string LogFile { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    internal static ChildProgram Start(string name, GridProgram program, IEnumerable<string> arguments, string logFile)
    {
        if (!File.Exists(program.Path)) throw new GridException(GridErrorKind.InvalidInput, $"{program.Path} is missing. Build it first: dotnet build -c Release");
        // The shell opens the log and becomes the program, so that no pump of ours stands between them; a session of its own keeps the terminal's Ctrl-C from it: we ask it to stop.
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        string[] words = ["-c", "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1", "sh", logFile, program.Path, .. arguments, "--exit-with-parent"];
        foreach (var word in words) start.ArgumentList.Add(word);
        // Where .NET lies in no usual place, this process knows where.
        if (!start.Environment.ContainsKey(RuntimeVariable)) start.Environment[RuntimeVariable] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new ChildProgram(name, logFile, Process.Start(start)!);
    }

    /// <summary>The last lines that it wrote, to say why something failed.</summary>
    public string LastLines()
    {
        if (!File.Exists(LogFile)) return "";
        using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-Math.Min(stream.Length, Limits.ShownLogBytes), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }

    /// <summary>As kill -9 does: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        Posix.KillNow(_process.Id);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop itself and all that it started, then insists.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        if (await EndsWithinAsync(Limits.ChildPatience)) return;
        Posix.Terminate(_process.Id);
        if (!await EndsWithinAsync(Limits.ChildPatience)) await KillAsync();
    }

    public void Dispose() => _process.Dispose();

    private async Task<bool> EndsWithinAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

using Grid.Node.Execution.Logs;
using Grid.Node.Execution.Posix;
using Microsoft.Win32.SafeHandles;

namespace Grid.Node.Shim;

/// <summary>Moves what a sandbox prints into its log until it has ended. Runs on the workload's own thread.</summary>
internal static class LogPump
{
    private const int FlushMs = 1000;

    /// <returns>The exit code.</returns>
    public static int Run(Sandbox sandbox, LogWriter log)
    {
        var buffer = new byte[Limits.PumpBufferBytes];
        var open = new List<(SafeFileHandle End, LogStream Stream)> { (sandbox.Output.ReadEnd, LogStream.Output), (sandbox.Error.ReadEnd, LogStream.Error) };
        while (true)
        {
            // Both ends are closed when all processes are gone, except without a sandbox, where one may stay behind: then the first one's end counts.
            var ended = sandbox.Process.TryReap();
            var moved = Move(open, log, buffer, ended is null ? FlushMs : 0);
            if (!moved && ended is { } code) return code;
            if (open.Count == 0 && ended is null) Wait.Milliseconds(1);
        }
    }

    private static unsafe bool Move(List<(SafeFileHandle End, LogStream Stream)> open, LogWriter log, byte[] buffer, int timeoutMs)
    {
        if (open.Count == 0) return false;
        var fds = stackalloc Libc.PollFd[2];
        for (var i = 0; i < open.Count; i++) fds[i] = new Libc.PollFd { Fd = open[i].End.Number(), Events = Libc.PollIn };
        var ready = Libc.Poll(fds, (nuint)open.Count, timeoutMs);
        if (ready == 0) log.FlushParts();
        if (ready <= 0) return false;
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (fds[i].Returned != 0 && !MoveOne(open[i].End, open[i].Stream, log, buffer)) open.RemoveAt(i);
        }

        return true;
    }

    private static unsafe bool MoveOne(SafeFileHandle end, LogStream stream, LogWriter log, byte[] buffer)
    {
        nint count;
        fixed (byte* bytes = buffer) count = Libc.Read(end.Number(), bytes, buffer.Length);
        if (count <= 0) return false;
        log.Append(stream, buffer.AsSpan(0, (int)count));
        return true;
    }
}

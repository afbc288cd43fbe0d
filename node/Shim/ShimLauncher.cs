using System.Net.Sockets;
using Grid.Node.Execution.Posix;
using Microsoft.Win32.SafeHandles;

namespace Grid.Node.Shim;

/// <summary>Finds the supervisor of a data directory, and starts one where there is none.</summary>
internal sealed class ShimLauncher(string dataDirectory, NodeProgram program, TimeProvider time)
{
    private readonly ShimPaths _paths = new(dataDirectory);
    private ChildProcess? _started;
    private volatile bool _isRetired;

    /// <summary>From now on nobody is started: whoever watches the supervisor must not call up another one when it ends.</summary>
    public void Retire() => _isRetired = true;

    public bool IsRetired => _isRetired;

    /// <exception cref="IOException">It does not come up; its log says why.</exception>
    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_paths.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (TryConnect() is { } running) return running;
        if (_isRetired) throw new IOException("The supervisor was shut down, and none is started again.");
        Launch();
        var startedAt = time.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(Limits.ConnectPauseMs), time);
        while (time.GetElapsedTime(startedAt).TotalMilliseconds < Limits.ConnectTimeoutMs)
        {
            await pause.WaitForNextTickAsync(cancellationToken);
            if (TryConnect() is { } fresh) return fresh;
            if (_started is not { HasEnded: true } ended) continue;
            if (ended.TryReap() != ShimCommand.AlreadyHeld) break;
            // Another node of this directory won the race and its supervisor answers soon; or the one that was killed is not quite gone yet.
            Launch();
        }

        throw new IOException($"The supervisor of workloads ({program.File} shim --dir {dataDirectory}) does not answer; {_paths.Log} says: {StartOfLog()}");
    }

    /// <summary>After a shutdown was asked for: returns when the supervisor and all it ran are gone.</summary>
    public async Task WaitForEndAsync(int processId, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(Limits.ConnectPauseMs), time);
        while (_started?.Pid == processId ? !_started.HasEnded : ChildProcess.IsAlive(processId)) await pause.WaitForNextTickAsync(cancellationToken);
    }

    private Socket? TryConnect()
    {
        try
        {
            var socket = UnixSockets.Connect(_paths.Socket);
            if (UnixSockets.IsOwnPeer(socket)) return socket;
            socket.Dispose();
            throw new IOException($"{_paths.Socket} is held by another user.");
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>In a session of its own, so that no terminal and no stop of the node's group reaches it.</summary>
    private void Launch()
    {
        _ = _started?.TryReap();
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        using var log = OpenLog();
        List<string> command = [program.File, .. program.Arguments, "shim", "--dir", dataDirectory];
        _started = new ChildProcess(Spawn.Start(
            new SpawnRequest(program.File, command, NodeProgram.Environment(), nothing.Number(), log.Number(), log.Number(), [])));
    }

    private string StartOfLog()
    {
        using var reader = new StreamReader(new FileStream(_paths.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = new char[Limits.MaxQuotedLogChars];
        return new string(text, 0, reader.ReadBlock(text)).Trim();
    }

    /// <summary>Started anew each time: the supervisor itself prints only what ends it.</summary>
    private SafeFileHandle OpenLog() => File.OpenHandle(_paths.Log, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
}

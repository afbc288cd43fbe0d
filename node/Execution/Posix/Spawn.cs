namespace Grid.Node.Execution.Posix;

/// <summary>A process to start. Nothing secret belongs into <see cref="Arguments"/>: everybody can read a command line.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Arguments">With the program's own name first.</param>
/// <param name="InheritedFds">Kept open in the child under the same numbers; every other one is closed.</param>
internal sealed record SpawnRequest(
    string File,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    int StandardInput,
    int StandardOutput,
    int StandardError,
    IReadOnlyList<int> InheritedFds);

/// <summary>posix_spawn(3): unlike <c>Process</c> it hands over descriptors, and the calling thread is the parent that a death signal follows.</summary>
internal static unsafe class Spawn
{
    private const short SetSignalDefault = 0x04;
    private const short SetSignalMask = 0x08;
    private const short NewSession = 0x80;

    /// <summary>More than glibc's or musl's opaque structures need on either processor.</summary>
    private const int OpaqueBytes = 1024;

    /// <returns>The child's process id. It leads a session of its own; its caller must wait for it.</returns>
    public static int Start(SpawnRequest request)
    {
        var actions = stackalloc byte[OpaqueBytes];
        var attributes = stackalloc byte[OpaqueBytes];
        Check(Libc.FileActionsInit(actions), "posix_spawn_file_actions_init");
        Check(Libc.AttributesInit(attributes), "posix_spawnattr_init");
        try
        {
            Redirect(actions, request);
            ResetSignals(attributes);
            return Start(request, actions, attributes);
        }
        finally
        {
            _ = Libc.AttributesDestroy(attributes);
            _ = Libc.FileActionsDestroy(actions);
        }
    }

    private static void Redirect(byte* actions, SpawnRequest request)
    {
        Check(Libc.FileActionsAddDup2(actions, request.StandardInput, 0), "adddup2");
        Check(Libc.FileActionsAddDup2(actions, request.StandardOutput, 1), "adddup2");
        Check(Libc.FileActionsAddDup2(actions, request.StandardError, 2), "adddup2");
        // Onto itself: that only clears close-on-exec.
        foreach (var fd in request.InheritedFds) Check(Libc.FileActionsAddDup2(actions, fd, fd), "adddup2");
    }

    /// <summary>.NET ignores SIGPIPE, and an ignored signal stays ignored in children.</summary>
    private static void ResetSignals(byte* attributes)
    {
        var signals = stackalloc byte[OpaqueBytes];
        _ = Libc.SignalsEmpty(signals);
        Check(Libc.AttributesSetSignalMask(attributes, signals), "posix_spawnattr_setsigmask");
        _ = Libc.SignalsFill(signals);
        Check(Libc.AttributesSetSignalDefault(attributes, signals), "posix_spawnattr_setsigdefault");
        Check(Libc.AttributesSetFlags(attributes, SetSignalDefault | SetSignalMask | NewSession), "posix_spawnattr_setflags");
    }

    private static int Start(SpawnRequest request, byte* actions, byte* attributes)
    {
        using var path = new CStrings([request.File]);
        using var argv = new CStrings(request.Arguments);
        using var envp = new CStrings(request.Environment);
        Check(Libc.PosixSpawn(out var pid, path.Pointer[0], actions, attributes, argv.Pointer, envp.Pointer), $"start {request.File}");
        return pid;
    }

    private static void Check(int errno, string call)
    {
        if (errno != 0) throw Errno.Of(call, errno);
    }
}

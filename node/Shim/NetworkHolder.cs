using System.Globalization;
using Grid.Node.Execution.Posix;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Node.Shim;

/// <summary>
/// An idle sandbox that owns the network namespace of a lease: a loopback and nothing else. Its services are started inside it, so they reach each other and keep
/// their network over restarts, and a relay can be put into it.
/// </summary>
internal sealed class NetworkHolder : IDisposable
{
    /// <summary>Inside the namespace every port is the workload's, also those below 1024.</summary>
    private const string Script = "echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start; echo; exec sleep 2147483647";

    private readonly ChildProcess _process;

    private NetworkHolder(ChildProcess process, int sandboxPid)
    {
        _process = process;
        SandboxPid = sandboxPid;
    }

    public int SandboxPid { get; }

    public bool HasEnded => _process.HasEnded;

    public static NetworkHolder Start(Tools tools, Starter starter, uint? uid)
    {
        using var info = new Pipe();
        using var ready = new Pipe();
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        List<string> command = [.. Launch.AsUid(tools, uid), tools.Bubblewrap, .. Sandbox(info.WriteEnd.Number()), "--", "/bin/sh", "-c", Script];
        var child = new ChildProcess(starter.Start(
            new SpawnRequest(command[0], command, [], nothing.Number(), ready.WriteEnd.Number(), nothing.Number(), [info.WriteEnd.Number()])));
        info.WriteEnd.Dispose();
        ready.WriteEnd.Dispose();
        var pid = SandboxInfo.ReadChildPid(info.ReadEnd);
        if (pid > 0 && SaysReady(ready)) return new NetworkHolder(child, pid);
        child.KillAndReap();
        throw new IOException("bubblewrap can't make a network namespace for the lease");
    }

    public void Dispose() => _process.KillAndReap();

    private static unsafe bool SaysReady(Pipe ready)
    {
        byte one;
        return Libc.Read(ready.ReadEnd.Number(), &one, 1) == 1;
    }

    private static IEnumerable<string> Sandbox(int info) =>
    [
        "--unshare-user", "--unshare-net", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--uid", "0", "--gid", "0", "--die-with-parent", "--new-session",
        "--clearenv", "--cap-drop", "ALL", "--cap-add", "CAP_NET_ADMIN", .. HostImage.Arguments(), "--bind", "/proc", "/proc",
        "--info-fd", info.ToString(CultureInfo.InvariantCulture),
    ];
}

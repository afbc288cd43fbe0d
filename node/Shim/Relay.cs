using Grid.Node.Execution.Posix;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Node.Shim;

/// <summary>Starts <c>grid-node relay</c> inside the network of a lease. Only that is the lease's: it runs none of its code and sees none of its files.</summary>
internal sealed class RelayProgram(NodeProgram program, Tools tools, Starter starter, string socketDirectory)
{
    private int _count;

    public Relay Start(NetworkHolder network)
    {
        var path = Path.Combine(socketDirectory, $"relay-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.sock");
        using var ready = new Pipe();
        var alive = new Pipe();
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        List<string> command = [.. Launch.RelayInNetworkOf(tools, network.SandboxPid), program.File, .. program.Arguments, "relay", "--socket", path];
        var child = new ChildProcess(starter.Start(
            new SpawnRequest(command[0], command, NodeProgram.Environment(), alive.ReadEnd.Number(), ready.WriteEnd.Number(), nothing.Number(), [])));
        ready.WriteEnd.Dispose();
        alive.ReadEnd.Dispose();
        var relay = new Relay(child, alive, path);
        if (IsReady(ready)) return relay;
        relay.Dispose();
        throw new IOException("the relay into the lease's network did not start");
    }

    private static unsafe bool IsReady(Pipe ready)
    {
        byte one;
        return Libc.Read(ready.ReadEnd.Number(), &one, 1) == 1;
    }
}

/// <param name="alive">While its write end is open, the relay runs: it ends with its supervisor, however that ends.</param>
internal sealed class Relay(ChildProcess process, Pipe alive, string socketPath) : IDisposable
{
    public string SocketPath => socketPath;

    public bool HasEnded => process.HasEnded;

    public void Dispose()
    {
        alive.Dispose();
        process.KillAndReap();
        File.Delete(socketPath);
    }
}

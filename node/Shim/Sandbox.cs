using System.Runtime.InteropServices;
using System.Text;
using Grid.Node.Execution.Posix;
using Grid.Node.Execution.Sandboxes;
using Grid.Node.Execution.Seccomp;
using Microsoft.Win32.SafeHandles;

namespace Grid.Node.Shim;

/// <summary>One started process of a workload with the pipes it prints into.</summary>
internal sealed class Sandbox : IDisposable
{
    private static readonly byte[] Filter = SeccompFilter.Compile(RuntimeInformation.ProcessArchitecture);

    private Sandbox(ChildProcess process, Pipe output, Pipe error)
    {
        Process = process;
        Output = output;
        Error = error;
    }

    public ChildProcess Process { get; }

    public Pipe Output { get; }

    public Pipe Error { get; }

    /// <summary>The sandbox's first process as seen from outside; 0 without a sandbox.</summary>
    public int FirstPid { get; private set; }

    /// <param name="network">Null: no sandbox at all, which the node's owner has allowed.</param>
    public static Sandbox Start(WorkloadSpec spec, Tools tools, Starter starter, NetworkHolder? network, IReadOnlyList<string> cgroups)
    {
        var output = new Pipe();
        var error = new Pipe();
        try
        {
            // Programs open /dev/stdout again, which asks for the pipe's owner.
            foreach (var end in new[] { output.WriteEnd, error.WriteEnd }) Own(end, spec.Uid);
            var sandbox = network is null
                ? new Sandbox(StartBare(spec, tools, starter, cgroups, output, error), output, error)
                : StartIsolated(spec, tools, starter, network, cgroups, output, error);
            output.WriteEnd.Dispose();
            error.WriteEnd.Dispose();
            return sandbox;
        }
        catch
        {
            output.Dispose();
            error.Dispose();
            throw;
        }
    }

    /// <summary>Asks the workload to end. The sandbox's first process takes no signals, so its children are told.</summary>
    public void Terminate()
    {
        if (FirstPid == 0)
        {
            Process.SignalGroup(Libc.SignalTerminate);
            return;
        }

        foreach (var child in ChildProcess.ChildrenOf(FirstPid)) _ = Libc.Kill(child, Libc.SignalTerminate);
    }

    /// <summary>With the first process of a pid namespace all others go, and bubblewrap outside ends when they are gone. May be repeated.</summary>
    public void Kill()
    {
        if (Process.HasEnded) return;
        if (FirstPid == 0) Process.SignalGroup(Libc.SignalKill);
        else if (ChildProcess.ChildrenOf(Process.Pid).Contains(FirstPid)) _ = Libc.Kill(FirstPid, Libc.SignalKill);
        else Process.Kill();
    }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }

    private static ChildProcess StartBare(WorkloadSpec spec, Tools tools, Starter starter, IReadOnlyList<string> cgroups, Pipe output, Pipe error)
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var work = Path.Combine(spec.LeaseDirectory, "files", spec.Mounts.First(mount => mount.Destination == SandboxPath.WorkDirectory).Source);
        List<string> command = [.. Launch.Wrapper(tools, cgroups, spec.DiskMib, "", work), .. Launch.AsUid(tools, spec.Uid), .. spec.Command];
        string[] environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", $"HOME={work}", .. spec.Environment.Select(variable => $"{variable.Name}={variable.Value}")];
        return new ChildProcess(starter.Start(
            new SpawnRequest(command[0], command, environment, nothing.Number(), output.WriteEnd.Number(), error.WriteEnd.Number(), [])));
    }

    private static Sandbox StartIsolated(
        WorkloadSpec spec, Tools tools, Starter starter, NetworkHolder network, IReadOnlyList<string> cgroups, Pipe output, Pipe error)
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        using var filter = AnonymousFile.Of("seccomp", Filter);
        using var passwd = AnonymousFile.Of("passwd", Accounts.Passwd);
        using var group = AnonymousFile.Of("group", Accounts.Group);
        using var hosts = AnonymousFile.Of("hosts", Accounts.Hosts(spec.HostNames));
        using var info = new Pipe();
        var descriptors = new SandboxDescriptors(filter.Number(), passwd.Number(), group.Number(), hosts.Number(), info.WriteEnd.Number());

        var files = Path.Combine(spec.LeaseDirectory, "files");
        var seenAt = spec.Uid is null ? files : Launch.LeaseMountPoint;
        using var words = AnonymousFile.Of("arguments", Words(BubblewrapArguments.Of(spec, seenAt, descriptors)));
        List<string> command =
        [
            .. Launch.Wrapper(tools, cgroups, spec.DiskMib, spec.Uid is null ? "" : files, ""),
            .. Launch.AsUid(tools, spec.Uid),
            .. Launch.InNetworkOf(tools, network.SandboxPid),
            tools.Bubblewrap, "--args", words.Number().ToString(System.Globalization.CultureInfo.InvariantCulture), "--", .. spec.Command,
        ];
        // bubblewrap closes what it uses, and would leave the rest open to the workload.
        SafeFileHandle[] inherited = [filter, hosts, info.WriteEnd, words, .. spec.RootDirectory.Length == 0 ? [passwd, group] : Array.Empty<SafeFileHandle>()];
        var child = new ChildProcess(starter.Start(new SpawnRequest(
            command[0], command, ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], nothing.Number(), output.WriteEnd.Number(), error.WriteEnd.Number(), [.. inherited.Select(handle => handle.Number())])));
        info.WriteEnd.Dispose();
        return new Sandbox(child, output, error) { FirstPid = SandboxInfo.ReadChildPid(info.ReadEnd) };
    }

    private static void Own(SafeFileHandle end, uint? uid)
    {
        if (uid is { } id) Errno.Check(Libc.FChown(end.Number(), id, id), "fchown");
    }

    private static byte[] Words(IEnumerable<string> words) => [.. words.SelectMany(word => Encoding.UTF8.GetBytes(word).Append((byte)0))];
}

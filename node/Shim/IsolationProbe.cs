using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Node.Execution;
using Grid.Node.Execution.Cgroups;
using Grid.Node.Execution.Leases;
using Grid.Node.Execution.Logs;
using Grid.Node.Execution.Posix;
using Grid.Node.Execution.Sandboxes;
using Grid.Protocol;

namespace Grid.Node.Shim;

/// <summary>Finds what can be had on this machine by starting a sandbox as a lease would, with nothing in it.</summary>
internal static class IsolationProbe
{
    private const uint ProbeUid = Execution.Limits.FirstLeaseUid + Execution.Limits.LeaseUidCount;

    public static (IsolationReport Report, ICgroupTree? Cgroups) Run(Tools tools, Starter starter, string dataDirectory, TimeProvider time)
    {
        var missing = tools.Missing();
        if (missing.Length > 0) return (new IsolationReport(IsolationLevel.None, missing), null);
        if (SandboxProblem(tools, starter, dataDirectory, time) is { } problem) return (new IsolationReport(IsolationLevel.None, [problem]), null);
        var (cgroups, why) = CgroupProbe.Find();
        return cgroups is null
            ? (new IsolationReport(IsolationLevel.Namespaces, [$"memory, CPU and processes are not limited: {why}"]), null)
            : (new IsolationReport(IsolationLevel.Full, []), cgroups);
    }

    private static string? SandboxProblem(Tools tools, Starter starter, string dataDirectory, TimeProvider time)
    {
        var directory = Path.Combine(dataDirectory, "probe-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
        try
        {
            var spec = Spec(directory);
            LeaseFiles.Create(spec.LeaseDirectory, spec.Uid, spec.Mounts);
            if (spec.Uid is not null) Directory.CreateDirectory(Launch.LeaseMountPoint);
            using var network = NetworkHolder.Start(tools, starter, spec.Uid);
            return Outcome(spec, tools, starter, network, time);
        }
        catch (IOException e)
        {
            return Advice(e.Message);
        }
        finally
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    private static string? Outcome(WorkloadSpec spec, Tools tools, Starter starter, NetworkHolder network, TimeProvider time)
    {
        var logs = Path.Combine(spec.LeaseDirectory, "log");
        int code;
        using (var sandbox = Sandbox.Start(spec, tools, starter, network, []))
        using (var log = new LogWriter(logs, time))
        {
            code = LogPump.Run(sandbox, log);
        }

        return code == 0 ? null : Advice(string.Join(' ', LogReader.Read(logs, 0).Lines.Select(line => line.Text)));
    }

    private static string Advice(string what) =>
        $"bubblewrap can't build a sandbox ({what}): allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0, kernel.apparmor_restrict_unprivileged_userns=0), or leave the container that forbids them";

    private static WorkloadSpec Spec(string directory)
    {
        var key = new WorkloadKey(default(LeaseId), "probe", 0);
        ImmutableArray<SandboxMount> mounts = [new(MountKind.Writable, "work", SandboxPath.WorkDirectory)];
        return new WorkloadSpec(
            key, 0, WorkloadKind.Batch, 0, directory, Libc.GetUid() == 0 ? ProbeUid : null, "", SandboxPath.WorkDirectory, ["/bin/sh", "-c", "exit 0"], [], new WorkloadResources(100, 16),
            16, mounts, [], [], [], long.MaxValue, 0);
    }
}

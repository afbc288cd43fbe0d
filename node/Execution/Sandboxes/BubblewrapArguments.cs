namespace Grid.Node.Execution.Sandboxes;

/// <summary>What is open for bubblewrap to read while it builds the sandbox, by descriptor number. It closes each after use.</summary>
internal readonly record struct SandboxDescriptors(int Seccomp, int Passwd, int Group, int Hosts, int Info);

/// <summary>The sandbox in bubblewrap's own words, see bwrap(1). They go through a descriptor, since they hold the environment.</summary>
internal static class BubblewrapArguments
{
    /// <summary>Who the workload is to itself. Outside it is its lease's uid.</summary>
    public const int InnerUid = 1000;

    private const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <param name="filesDirectory">Where the lease's files are seen by bubblewrap.</param>
    public static List<string> Of(WorkloadSpec spec, string filesDirectory, SandboxDescriptors descriptors)
    {
        var isHost = spec.RootDirectory.Length == 0;
        List<string> words = [.. Namespaces(isHost ? InnerUid : 0), "--hostname", spec.Key.Service, "--info-fd", Text(descriptors.Info), "--seccomp", Text(descriptors.Seccomp)];
        words.AddRange(isHost ? [.. HostImage.Arguments(), .. Accounts(descriptors)] : ["--bind", $"{filesDirectory}/{spec.RootDirectory}", "/"]);
        words.AddRange(["--ro-bind-data", Text(descriptors.Hosts), "/etc/hosts"]);
        words.AddRange(Kernel(spec));
        foreach (var mount in spec.Mounts) words.AddRange(Mount(mount, filesDirectory));
        if (isHost) words.AddRange(["--remount-ro", "/"]);
        words.AddRange(["--chdir", spec.WorkingDirectory]);
        words.AddRange(Environment(spec));
        return words;
    }

    /// <summary>The network namespace isn't here: the lease has one already, and bubblewrap is started inside it.</summary>
    /// <param name="uid">Inside: images were made for root, which owns all of their files, and is nobody outside.</param>
    private static IEnumerable<string> Namespaces(int uid) =>
    [
        "--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        "--uid", Text(uid), "--gid", Text(uid), "--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv",
    ];

    private static IEnumerable<string> Accounts(SandboxDescriptors descriptors) =>
    [
        "--ro-bind-data", Text(descriptors.Passwd), "/etc/passwd",
        "--ro-bind-data", Text(descriptors.Group), "/etc/group",
    ];

    private static IEnumerable<string> Kernel(WorkloadSpec spec)
    {
        var scratchBytes = Text(Math.Min(Limits.MaxScratchMib, spec.Resources.MemoryMib) << 20);
        yield return "--proc";
        yield return "/proc";
        yield return "--dev";
        yield return "/dev";
        foreach (var device in spec.Devices)
        {
            yield return "--dev-bind-try";
            yield return device;
            yield return device;
        }

        string[] rest = ["--size", scratchBytes, "--tmpfs", "/dev/shm", "--remount-ro", "/dev", "--size", scratchBytes, "--perms", "1777", "--tmpfs", "/tmp"];
        foreach (var word in rest) yield return word;
    }

    private static string[] Mount(SandboxMount mount, string filesDirectory) => mount.Kind switch
    {
        MountKind.Memory => ["--size", Text(mount.SizeMib << 20), "--tmpfs", mount.Destination],
        MountKind.ReadOnly => ["--ro-bind", $"{filesDirectory}/{mount.Source}", mount.Destination],
        _ => ["--bind", $"{filesDirectory}/{mount.Source}", mount.Destination],
    };

    private static IEnumerable<string> Environment(WorkloadSpec spec)
    {
        (string Name, string Value)[] defaults = [("PATH", Path), ("HOME", SandboxPath.WorkDirectory), ("USER", "grid"), ("LANG", "C.UTF-8"), ("TMPDIR", "/tmp")];
        foreach (var (name, value) in defaults.Concat(spec.Environment.Select(variable => (variable.Name, variable.Value))))
        {
            yield return "--setenv";
            yield return name;
            yield return value;
        }
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using Grid.Node.Execution.Posix;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Node.Execution.Leases;

/// <summary>Makes the directories that a service's mounts name, owned by the lease's uid where it has one.</summary>
internal static class LeaseFiles
{
    private const UnixFileMode Reachable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Create(string leaseDirectory, uint? uid, IEnumerable<SandboxMount> mounts)
    {
        Directory.CreateDirectory(leaseDirectory, Private);
        var files = Path.Combine(leaseDirectory, "files");
        Directory.CreateDirectory(files, Reachable);
        foreach (var mount in mounts.Where(mount => mount.Source.Length > 0)) Create(files, uid, mount);
    }

    /// <summary>Opens a new file below <c>files</c> for the node to write; the workload may only read it.</summary>
    public static FileStream CreateInput(string leaseDirectory, string source)
    {
        var path = Path.Combine(leaseDirectory, "files", source);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Reachable);
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return stream;
    }

    /// <summary>Follows no link. A workload may have closed its directories to its own uid, which is the node's where that isn't root.</summary>
    public static void Delete(string leaseDirectory)
    {
        if (!Directory.Exists(leaseDirectory)) return;
        Reopen(leaseDirectory);
        Directory.Delete(leaseDirectory, recursive: true);
    }

    private static void Reopen(string directory)
    {
        var pending = new Stack<string>([directory]);
        while (pending.TryPop(out var next))
        {
            File.SetUnixFileMode(next, Private);
            foreach (var below in new DirectoryInfo(next).EnumerateDirectories().Where(below => below.LinkTarget is null)) pending.Push(below.FullName);
        }
    }

    private static void Create(string files, uint? uid, SandboxMount mount)
    {
        var parts = mount.Source.Split('/');
        var path = files;
        for (var i = 0; i < parts.Length - 1; i++) Directory.CreateDirectory(path = Path.Combine(path, parts[i]), Reachable);
        path = Path.Combine(path, parts[^1]);
        // An input was put there by the node, and stays the node's.
        if (parts[0] == "in" || Directory.Exists(path)) return;
        Directory.CreateDirectory(path, Private);
        if (uid is { } id) Errno.Check(Libc.LChown(path, id, id), "lchown");
    }
}

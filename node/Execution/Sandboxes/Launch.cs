using System.Globalization;

namespace Grid.Node.Execution.Sandboxes;

/// <summary>
/// The chain of small programs that each take one thing away before the next is started: a shell joins the cgroups and, as root, mounts the lease where its uid
/// can reach it; setpriv gives up root; nsenter joins the lease's network.
/// </summary>
internal static class Launch
{
    /// <summary>Where root mounts the lease's files, privately for each sandbox. Data directories are often closed to other uids.</summary>
    public const string LeaseMountPoint = "/run/compute-grid/lease";

    public const int WrapperFailure = 125;

    private const string Script =
        "for d in $1; do echo 0 > \"$d/cgroup.procs\" || exit 125; done; ulimit -c 0 || exit 125; [ -z \"$2\" ] || ulimit -f \"$2\" || exit 125; " +
        "[ -z \"$3\" ] || mount --bind \"$3\" " + LeaseMountPoint + " || exit 125; [ -z \"$4\" ] || cd \"$4\" || exit 125; shift 4; exec \"$@\"";

    private const long ShellBlockBytes = 512;

    /// <param name="mountedDirectory">Empty where nothing has to be mounted.</param>
    /// <param name="workingDirectory">Empty to stay.</param>
    public static List<string> Wrapper(Tools tools, IEnumerable<string> cgroups, long fileSizeMib, string mountedDirectory, string workingDirectory)
    {
        var blocks = ((fileSizeMib << 20) / ShellBlockBytes).ToString(CultureInfo.InvariantCulture);
        List<string> shell = [tools.Shell, "-c", Script, "grid", string.Join(' ', cgroups), fileSizeMib > 0 ? blocks : "", mountedDirectory, workingDirectory];
        return mountedDirectory.Length == 0 ? shell : [tools.Unshare, "--mount", "--propagation", "private", "--", .. shell];
    }

    public static List<string> AsUid(Tools tools, uint? uid)
    {
        if (uid is not { } id) return [];
        var text = id.ToString(CultureInfo.InvariantCulture);
        return [tools.SetPriv, "--reuid", text, "--regid", text, "--clear-groups", "--no-new-privs", "--"];
    }

    public static List<string> InNetworkOf(Tools tools, int holderPid) =>
        [tools.NsEnter, "-t", holderPid.ToString(CultureInfo.InvariantCulture), "-U", "-n", "--preserve-credentials", "--"];

    /// <summary>Root owns every namespace and joins the network alone; another user first has to join the user namespace that owns it.</summary>
    public static List<string> RelayInNetworkOf(Tools tools, int holderPid) =>
        Posix.Libc.GetUid() == 0 ? [tools.NsEnter, "-t", holderPid.ToString(CultureInfo.InvariantCulture), "-n", "--"] : InNetworkOf(tools, holderPid);
}

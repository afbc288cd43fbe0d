using System.Text;

namespace Grid.Node.Execution.Sandboxes;

/// <summary>The few files of <c>/etc</c> that are written for each sandbox.</summary>
internal static class Accounts
{
    public static byte[] Passwd { get; } = Encoding.ASCII.GetBytes(
        $"root:x:0:0:root:/root:/usr/sbin/nologin\ngrid:x:{BubblewrapArguments.InnerUid}:{BubblewrapArguments.InnerUid}::{SandboxPath.WorkDirectory}:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n");

    public static byte[] Group { get; } = Encoding.ASCII.GetBytes($"root:x:0:\ngrid:x:{BubblewrapArguments.InnerUid}:\nnogroup:x:65534:\n");

    /// <summary>All services of a lease that were placed together answer by name on the loopback that they share.</summary>
    public static byte[] Hosts(IEnumerable<string> services) =>
        Encoding.ASCII.GetBytes($"127.0.0.1 localhost {string.Join(' ', services)}\n::1 localhost\n");
}

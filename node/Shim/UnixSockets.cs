using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Grid.Node.Execution.Posix;
using Microsoft.Win32.SafeHandles;

namespace Grid.Node.Shim;

/// <summary>Sockets in a directory of the owner's. Long paths go through a descriptor of their directory, since the kernel's are short.</summary>
internal static class UnixSockets
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    public static Socket Listen(string path)
    {
        File.Delete(path);
        return At(path, endPoint =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(endPoint);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(Limits.MaxConnections);
            return socket;
        });
    }

    public static Socket Connect(string path) => At(path, endPoint =>
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    });

    /// <returns>Whether the other side is the same user, or root. File modes say it already; this says it again where they were changed.</returns>
    public static bool IsOwnPeer(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        var uid = BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]);
        return uid == Libc.GetUid() || uid == 0;
    }

    private static Socket At(string path, Func<UnixDomainSocketEndPoint, Socket> use)
    {
        if (Encoding.UTF8.GetByteCount(path) <= Limits.MaxSocketPathBytes) return use(new UnixDomainSocketEndPoint(path));
        var fd = Errno.Check(Libc.Open(Path.GetDirectoryName(path)!, Libc.OpenDirectory | Libc.OpenCloseOnExec, 0), "open");
        using var directory = new SafeFileHandle(fd, ownsHandle: true);
        return use(new UnixDomainSocketEndPoint($"/proc/self/fd/{fd}/{Path.GetFileName(path)}"));
    }
}

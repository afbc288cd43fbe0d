using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Grid.Node.Shim;

/// <summary>The node's end of a relay, see <see cref="RelayCommand"/>.</summary>
internal static class RelayConnection
{
    public static async Task<Stream> OpenAsync(string socketPath, int port, CancellationToken cancellationToken)
    {
        var stream = new NetworkStream(UnixSockets.Connect(socketPath), ownsSocket: true);
        try
        {
            var wanted = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(wanted, (ushort)port);
            await stream.WriteAsync(wanted, cancellationToken);
            var answer = new byte[1];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return answer[0] == RelayCommand.Connected ? stream : throw new IOException($"Nothing listens on port {port} of the service yet.");
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>At level none a workload shares the machine's network.</summary>
    public static async Task<Stream> OpenUnisolatedAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"Nothing listens on port {port} of the service yet.", e);
        }
    }
}

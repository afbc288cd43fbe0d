using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Grid.Node.Shim;

/// <summary>
/// <c>grid-node relay</c>: carries bytes between a Unix socket outside and TCP ports on the loopback of the network namespace that it was started in.
/// A connection begins with the port, two bytes, big-endian; the answer is one byte, <see cref="Connected"/> or <see cref="Refused"/>, and then the stream.
/// </summary>
internal static class RelayCommand
{
    public const byte Connected = 0;
    public const byte Refused = 1;

    public static async Task<int> RunAsync(string socketPath)
    {
        using var listener = UnixSockets.Listen(socketPath);
        using var end = new CancellationTokenSource();
        using var room = new SemaphoreSlim(Limits.MaxRelayedConnections);
        var supervisor = EndWithSupervisorAsync(end);
        await using (var output = Console.OpenStandardOutput()) output.WriteByte((byte)'\n');
        try
        {
            while (true)
            {
                await room.WaitAsync(end.Token);
                _ = CarryAsync(await listener.AcceptAsync(end.Token), room, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await supervisor;
            return 0;
        }
    }

    private static async Task EndWithSupervisorAsync(CancellationTokenSource end)
    {
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[1]) > 0)
        {
        }

        await end.CancelAsync();
    }

    private static async Task CarryAsync(Socket outside, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        using var inside = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (!UnixSockets.IsOwnPeer(outside) || !await ConnectAsync(outside, inside, cancellationToken)) return;
            await Task.WhenAll(CopyAsync(outside, inside, cancellationToken), CopyAsync(inside, outside, cancellationToken));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side went away: the other is closed too, below.
        }
        finally
        {
            outside.Dispose();
            room.Release();
        }
    }

    private static async Task<bool> ConnectAsync(Socket outside, Socket inside, CancellationToken cancellationToken)
    {
        var port = new byte[2];
        for (var count = 0; count < port.Length;)
        {
            var read = await outside.ReceiveAsync(port.AsMemory(count), cancellationToken);
            if (read == 0) return false;
            count += read;
        }

        try
        {
            await inside.ConnectAsync(new IPEndPoint(IPAddress.Loopback, BinaryPrimitives.ReadUInt16BigEndian(port)), cancellationToken);
            await outside.SendAsync(new[] { Connected }, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            await outside.SendAsync(new[] { Refused }, cancellationToken);
            return false;
        }
    }

    /// <summary>Passes the end of the stream on as well, since protocols without lengths live by it.</summary>
    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[Limits.RelayBufferBytes];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer, cancellationToken)) > 0;)
            {
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Silo.Links;

namespace Grid.Silo.Relays;

/// <summary>Takes connections on one port of this machine and carries each to a service's port at its node, bytes both ways.</summary>
internal sealed class RelayListener : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly LeaseId _lease;
    private readonly ProviderId _provider;
    private readonly NodeSessions _sessions;
    private readonly SemaphoreSlim _connections = new(Limits.ConnectionsPerPort);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private uint _next;

    private RelayListener(TcpListener listener, RelayPort port, LeaseId lease, ProviderId provider, NodeSessions sessions)
    {
        (_listener, Port, _lease, _provider, _sessions) = (listener, port, lease, provider, sessions);
        _accepting = AcceptAsync();
    }

    public RelayPort Port { get; }

    public int ExternalPort => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <returns>Null where the port is taken.</returns>
    public static RelayListener? TryOpen(IPAddress address, int externalPort, RelayPort port, LeaseId lease, ProviderId provider, NodeSessions sessions)
    {
        var listener = new TcpListener(address, externalPort);
        try
        {
            listener.Start(Limits.Backlog);
            return new RelayListener(listener, port, lease, provider, sessions);
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                // A connection beyond the bound waits in the kernel's backlog.
                await _connections.WaitAsync(_stop.Token);
                _ = RelayAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The lease has ended.
        }
    }

    private async Task RelayAsync(Socket socket)
    {
        try
        {
            using var connection = new NetworkStream(socket, ownsSocket: true);
            if (!_sessions.TryFind(_provider, out var session)) return;
            var replica = Interlocked.Increment(ref _next) % (uint)Port.Replicas;
            await using var stream = session.OpenStream(new RelayPurpose(_lease, Port.Service, Port.Port, replica));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, session.Ended);
            await PumpAsync(connection, socket, stream, either);
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end hung up: the connection ends, and the client sees that.
        }
        finally
        {
            _connections.Release();
        }
    }

    private static async Task PumpAsync(NetworkStream connection, Socket socket, LinkStream stream, CancellationTokenSource either)
    {
        var up = UpAsync(connection, stream, either.Token);
        var down = DownAsync(stream, connection, socket, either.Token);
        var first = await Task.WhenAny(up, down);
        if (!first.IsCompletedSuccessfully) await either.CancelAsync();
        await Task.WhenAll(up, down);
    }

    private static async Task UpAsync(NetworkStream connection, LinkStream stream, CancellationToken cancellation)
    {
        await connection.CopyToAsync(stream, Limits.CopyBufferBytes, cancellation);
        await stream.CompleteWritesAsync();
    }

    private static async Task DownAsync(LinkStream stream, NetworkStream connection, Socket socket, CancellationToken cancellation)
    {
        await stream.CopyToAsync(connection, Limits.CopyBufferBytes, cancellation);
        socket.Shutdown(SocketShutdown.Send);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;

namespace Grid.Tests.Protocol.Link;

/// <summary>The same link over real sockets.</summary>
public sealed class WebSocketLinks
{
    [Fact]
    public async Task Messages_and_streams_cross_a_web_socket()
    {
        await using var pair = await ConnectAsync();
        await pair.Node.SendControlAsync(new Heartbeat(7, []));
        Assert.Equal(7ul, Assert.IsType<Heartbeat>(await LinkPair.FirstAsync(pair.Operator.ReadControlAsync())).Sequence);

        var (left, right) = await pair.OpenStreamAsync(new RelayPurpose(default, "web", 80));
        var bytes = new byte[1_000_000];
        new Random(3).NextBytes(bytes);
        var reading = Streams.ReadAllAsync(right);
        await left.WriteAsync(bytes);
        await left.CompleteWritesAsync();

        Assert.Equal(bytes, await reading);
    }

    [Fact]
    public async Task The_last_words_before_a_close_arrive()
    {
        await using var pair = await ConnectAsync();
        await pair.Operator.SendControlAsync(new Refused(SessionRefusalCode.Draining, "shutting down", 1000));
        await pair.Operator.CloseAsync("draining");

        Assert.Equal(1000, Assert.IsType<Refused>(await LinkPair.FirstAsync(pair.Node.ReadControlAsync())).RetryAfterMs);
        Assert.Equal(new LinkClosed(LinkCloseReason.PeerClosed, "draining"), await pair.Node.Closed.WaitAsync(LinkPair.Deadline));
    }

    [Fact]
    public async Task A_message_beyond_the_largest_frame_is_refused_before_it_is_held_in_memory()
    {
        var (client, server) = await SocketsAsync();
        await using var pipe = new WebSocketFramePipe(server, TimeProvider.System);
        var sending = client.SendAsync(new byte[Limits.MaxFrameBytes + 1], WebSocketMessageType.Binary, true, default);

        var refused = await Assert.ThrowsAsync<LinkException>(() => pipe.ReceiveAsync(default).AsTask());

        Assert.Equal(LinkCloseReason.FrameTooLarge, refused.Reason);
        await sending;
        client.Dispose();
    }

    [Fact]
    public async Task A_socket_cut_off_closes_the_link()
    {
        var (client, server) = await SocketsAsync();
        var accepting = LinkConnection.AcceptAsync(new WebSocketFramePipe(server, TimeProvider.System), Keys.Operator, TimeProvider.System);
        await using var node = await LinkConnection.ConnectAsync(new WebSocketFramePipe(client, TimeProvider.System), Keys.Node, Keys.Operator.Address, TimeProvider.System);
        await using var link = await accepting;

        client.Abort();

        Assert.Equal(LinkCloseReason.TransportFailed, (await link.Closed.WaitAsync(LinkPair.Deadline)).Reason);
    }

    private static async Task<LinkPair> ConnectAsync()
    {
        var (client, server) = await SocketsAsync();
        var accepting = LinkConnection.AcceptAsync(new WebSocketFramePipe(server, TimeProvider.System), Keys.Operator, TimeProvider.System);
        var node = await LinkConnection.ConnectAsync(new WebSocketFramePipe(client, TimeProvider.System), Keys.Node, Keys.Operator.Address, TimeProvider.System);
        return new LinkPair(node, await accepting);
    }

    private static async Task<(WebSocket Client, WebSocket Server)> SocketsAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptTcpClientAsync();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return (Create(client, isServer: false), Create(await accepting, isServer: true));
    }

    private static WebSocket Create(TcpClient connection, bool isServer) =>
        WebSocket.CreateFromStream(connection.GetStream(), isServer, subProtocol: null, Timeout.InfiniteTimeSpan);
}

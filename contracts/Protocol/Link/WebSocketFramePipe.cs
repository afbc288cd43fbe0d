using System.Net.WebSockets;

namespace Grid.Protocol.Link;

/// <summary>A WebSocket's binary messages. Owns the socket.</summary>
public sealed class WebSocketFramePipe(WebSocket socket, TimeProvider time) : IFramePipe
{
    private readonly byte[] _buffer = new byte[Limits.MaxFrameBytes + 1];

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellation);

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
    {
        var size = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(size), cancellation);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            if (part.MessageType == WebSocketMessageType.Text)
                throw new LinkException(LinkCloseReason.MalformedFrame, "The peer sent text; a node link is binary.");
            size += part.Count;
            if (size > Limits.MaxFrameBytes)
                throw new LinkException(LinkCloseReason.FrameTooLarge, $"The peer sent a message of more than {Limits.MaxFrameBytes} bytes.");
            if (part.EndOfMessage) return _buffer.AsMemory(0, size);
        }
    }

    /// <summary>Says goodbye for a bounded time, then lets go.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Limits.CloseTimeoutMs), time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
        }
        catch (Exception gone) when (
            gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            socket.Abort();
        }
        socket.Dispose();
    }
}

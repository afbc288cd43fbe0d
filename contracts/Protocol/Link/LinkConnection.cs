using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Protocol.Link.Frames;
using Grid.Protocol.Link.Handshake;
using Grid.Protocol.Link.Messages;

namespace Grid.Protocol.Link;

/// <summary>An authenticated link between a node and an operator: control messages first, beside them streams.</summary>
public sealed class LinkConnection : IAsyncDisposable
{
    private readonly IFramePipe _pipe;
    private readonly TimeProvider _time;
    private readonly FrameWriter _writer;
    private readonly FrameReader _reader;
    private readonly OutgoingFrames _outgoing = new();
    private readonly ControlChannel _control;
    private readonly LinkStreams _streams;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<LinkClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _finished;
    private volatile bool _isClosing;

    private LinkConnection(IFramePipe pipe, LinkKeys keys, bool isNode, TimeProvider time)
    {
        _pipe = pipe;
        _time = time;
        Peer = keys.Peer;
        Session = keys.Session;
        _writer = new FrameWriter(keys.CodeOf(isNode ? LinkDirection.NodeToOperator : LinkDirection.OperatorToNode));
        _reader = new FrameReader(keys.CodeOf(isNode ? LinkDirection.OperatorToNode : LinkDirection.NodeToOperator));
        _control = new ControlChannel(_outgoing);
        _streams = new LinkStreams(this, isNode);
        _finished = RunAsync();
    }

    /// <summary>Whose key signed the transcript: the provider's address at the operator, the operator's at the node.</summary>
    public Address Peer { get; }

    /// <summary>The transcript's digest.</summary>
    public Hash256 Session { get; }

    /// <summary>Completes, never fails, when the link is closed.</summary>
    public Task<LinkClosed> Closed => _closed.Task;

    /// <summary>The node's side. Owns the pipe, also where it throws.</summary>
    /// <param name="pinnedOperator">Nobody else is spoken to.</param>
    /// <exception cref="LinkException">The handshake failed.</exception>
    public static Task<LinkConnection> ConnectAsync(
        IFramePipe pipe, LinkIdentity node, Address pinnedOperator, TimeProvider time, CancellationToken cancellation = default) =>
        ShakeHandsAsync(pipe, isNode: true, time, inTime => LinkHandshake.ConnectAsync(pipe, node, pinnedOperator, time, inTime), cancellation);

    /// <summary>The operator's side: any provider that proves its key. Owns the pipe, also where it throws.</summary>
    /// <exception cref="LinkException">The handshake failed.</exception>
    public static Task<LinkConnection> AcceptAsync(IFramePipe pipe, LinkIdentity self, TimeProvider time, CancellationToken cancellation = default) =>
        ShakeHandsAsync(pipe, isNode: false, time, inTime => LinkHandshake.AcceptAsync(pipe, self, time, inTime), cancellation);

    /// <summary>Returns when the message is queued, before any stream's data. Waits only while the peer does not read its control messages.</summary>
    /// <exception cref="ArgumentException">Longer than <see cref="Limits.MaxControlMessageBytes"/>.</exception>
    /// <exception cref="LinkException">The link is closed.</exception>
    public ValueTask SendControlAsync(ControlMessage message, CancellationToken cancellation = default) => _control.SendAsync(message, cancellation);

    /// <summary>Ends when the link closes; <see cref="Closed"/> says why. One reader. Read promptly: heartbeats wait behind what is unread.</summary>
    public IAsyncEnumerable<ControlMessage> ReadControlAsync(CancellationToken cancellation = default) => _control.ReadAsync(cancellation);

    /// <exception cref="LinkException">The link is closed, or has <see cref="Limits.MaxOpenStreamsPerSide"/> streams of this side open.</exception>
    public LinkStream OpenStream(StreamPurpose purpose)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(purpose, LinkJson.Default.StreamPurpose);
        if (header.Length > Limits.MaxStreamHeaderBytes)
            throw new ArgumentException($"A stream's purpose has at most {Limits.MaxStreamHeaderBytes} bytes as JSON, not {header.Length}.", nameof(purpose));
        return _streams.Open(purpose, id => _outgoing.AddUrgent(new OutgoingFrame(id, FrameKind.Open, header)));
    }

    /// <summary>Streams that the peer opens; ends when the link closes.</summary>
    public IAsyncEnumerable<LinkStream> AcceptStreamsAsync(CancellationToken cancellation = default) => _streams.Accepted.ReadAllAsync(cancellation);

    /// <summary>Sends what is urgent, says why, waits a bounded time for the peer to close too, and closes.</summary>
    public async Task CloseAsync(string reason)
    {
        _isClosing = true;
        try
        {
            _outgoing.AddUrgent(new OutgoingFrame(FrameLayout.ControlStream, FrameKind.Goodbye, ReasonText.Encode(reason)));
            await Closed.WaitAsync(TimeSpan.FromMilliseconds(Limits.CloseTimeoutMs), _time);
        }
        catch (Exception lost) when (lost is LinkException or TimeoutException)
        {
            // The peer is gone or does not listen; the pipe is closed all the same.
        }
        Shut(LinkCloseReason.LocalClosed, reason);
        await _finished;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync("closed");
        _stop.Dispose();
        _writer.Dispose();
        _reader.Dispose();
    }

    internal Task SendDataAsync(uint stream, FrameKind kind, ReadOnlyMemory<byte> data) => _outgoing.AddDataAsync(stream, kind, data);

    internal void SendCredit(uint stream, int bytes) => SendAnswer(CreditFrames.Create(stream, bytes));

    internal void SendAbort(uint stream, string reason) => SendAnswer(new OutgoingFrame(stream, FrameKind.Abort, ReasonText.Encode(reason)));

    internal void Forget(uint stream) => _streams.Forget(stream);

    private static async Task<LinkConnection> ShakeHandsAsync(
        IFramePipe pipe, bool isNode, TimeProvider time, Func<CancellationToken, Task<LinkKeys>> shakeHands, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Limits.HandshakeTimeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return new LinkConnection(pipe, await shakeHands(either.Token), isNode, time);
        }
        catch (LinkException refused)
        {
            await TryRefuseAsync(pipe, refused.Message, either.Token);
            await pipe.DisposeAsync();
            throw;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            await pipe.DisposeAsync();
            throw new LinkException(LinkCloseReason.HandshakeTimedOut, $"The peer did not finish the handshake within {Limits.HandshakeTimeoutMs} ms.");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            await pipe.DisposeAsync();
            throw new LinkException(LinkCloseReason.TransportFailed, $"The connection broke during the handshake: {broken.Message}");
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }

    private static async Task TryRefuseAsync(IFramePipe pipe, string reason, CancellationToken cancellation)
    {
        try
        {
            await pipe.SendAsync(HandshakeRefusal.Encode(reason), cancellation);
        }
        catch (Exception)
        {
            // Courtesy to a peer that may be gone; the caller gets the refusal itself.
        }
    }

    private async Task RunAsync()
    {
        await Task.WhenAll(Task.Run(ReceiveLoopAsync), Task.Run(SendLoopAsync));
        await _pipe.DisposeAsync();
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (true)
            {
                var frame = await _outgoing.NextAsync(_stop.Token);
                await SendAsync(frame);
            }
        }
        catch (Exception failure)
        {
            Shut(LinkCloseReason.TransportFailed, $"Sending failed: {failure.Message}");
        }
    }

    private async Task SendAsync(OutgoingFrame frame)
    {
        try
        {
            await _pipe.SendAsync(_writer.Write(frame.Stream, frame.Kind, frame.Data.Span), _stop.Token);
            frame.Sent?.TrySetResult();
        }
        catch (Exception failure)
        {
            Shut(LinkCloseReason.TransportFailed, $"Sending failed: {failure.Message}");
            var closed = await Closed;
            frame.Sent?.TrySetException(new LinkException(closed.Reason, closed.Message));
            throw;
        }
    }

    private async Task ReceiveLoopAsync()
    {
        try
        {
            while (await _pipe.ReceiveAsync(_stop.Token) is { } bytes)
            {
                var frame = _reader.Read(bytes);
                if (frame.Kind is FrameKind.Goodbye && frame.Stream == FrameLayout.ControlStream)
                {
                    EndReceived(ReasonText.Decode(frame.Data.Span));
                    return;
                }
                Receive(frame);
            }
            EndReceived("The peer closed the connection.");
        }
        catch (LinkException violation)
        {
            Shut(violation.Reason, violation.Message);
        }
        catch (Exception failure)
        {
            Shut(LinkCloseReason.TransportFailed, $"Receiving failed: {failure.Message}");
        }
    }

    // Never waits: every frame's cost is bounded by credit that this side gave before.
    private void Receive(Frame frame)
    {
        if (frame.Stream == FrameLayout.ControlStream) _control.Receive(frame);
        else _streams.Receive(frame);
    }

    private void EndReceived(string reason) => Shut(_isClosing ? LinkCloseReason.LocalClosed : LinkCloseReason.PeerClosed, reason);

    private void SendAnswer(OutgoingFrame frame)
    {
        try
        {
            _outgoing.AddUrgent(frame);
        }
        catch (LinkException failure)
        {
            Shut(failure.Reason, failure.Message);
        }
    }

    private void Shut(LinkCloseReason reason, string message)
    {
        if (!_closed.TrySetResult(new LinkClosed(reason, message))) return;
        var failure = new LinkException(reason, message);
        _outgoing.Fail(failure);
        _control.Close(failure);
        _streams.Close(failure);
        _stop.Cancel();
    }
}

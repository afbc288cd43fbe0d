using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Grid.Protocol.Json;
using Grid.Protocol.Link.Frames;
using Grid.Protocol.Link.Messages;

namespace Grid.Protocol.Link;

/// <summary>Stream 0: control messages in order, each cut into frames, with a window of their own.</summary>
internal sealed class ControlChannel(OutgoingFrames outgoing)
{
    private readonly SendWindow _sendWindow = new(Limits.ControlWindowBytes);
    private readonly ReceiveWindow _receiveWindow = new(Limits.ControlWindowBytes);
    private readonly ArrayBufferWriter<byte> _partial = new();
    private readonly Channel<(ControlMessage Message, int Cost)> _received = Channel.CreateUnbounded<(ControlMessage, int)>(new() { SingleWriter = true });

    public async ValueTask SendAsync(ControlMessage message, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, LinkJson.Default.ControlMessage);
        if (bytes.Length > Limits.MaxControlMessageBytes)
            throw new ArgumentException(
                $"A {message.GetType().Name} has at most {Limits.MaxControlMessageBytes} bytes as JSON, not {bytes.Length}.", nameof(message));
        var cost = CostOf(bytes.Length);
        await _sendWindow.TakeAsync(cost, cost, cancellation);
        outgoing.AddUrgent(Cut(bytes));
    }

    public async IAsyncEnumerable<ControlMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (message, cost) in _received.Reader.ReadAllAsync(cancellation))
        {
            GiveBack(cost);
            yield return message;
        }
    }

    public void Receive(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.ControlPart:
                Append(frame.Data.Span);
                break;
            case FrameKind.ControlEnd:
                Append(frame.Data.Span);
                Deliver();
                break;
            case FrameKind.Credit:
                if (!_sendWindow.TryGrant(CreditFrames.Read(frame))) throw CreditFrames.Excess(frame.Stream);
                break;
            default:
                throw new LinkException(LinkCloseReason.MalformedFrame, $"A frame of kind {(byte)frame.Kind} can't stand on the control stream.");
        }
    }

    public void Close(Exception failure)
    {
        _sendWindow.Fail(failure);
        _received.Writer.TryComplete();
    }

    private static int CostOf(int messageBytes) => messageBytes + Limits.ControlMessageOverheadBytes;

    private static OutgoingFrame[] Cut(byte[] message) =>
    [
        .. message.Chunk(Limits.MaxFrameDataBytes).Select((part, index) => new OutgoingFrame(
            FrameLayout.ControlStream,
            (index + 1) * Limits.MaxFrameDataBytes >= message.Length ? FrameKind.ControlEnd : FrameKind.ControlPart,
            part)),
    ];

    private void Append(ReadOnlySpan<byte> part)
    {
        if (_partial.WrittenCount + part.Length > Limits.MaxControlMessageBytes)
            throw new LinkException(LinkCloseReason.FrameTooLarge, $"The peer sent a control message of more than {Limits.MaxControlMessageBytes} bytes.");
        if (part.IsEmpty) throw new LinkException(LinkCloseReason.MalformedFrame, "The peer sent an empty part of a control message.");
        _partial.Write(part);
    }

    private void Deliver()
    {
        var cost = CostOf(_partial.WrittenCount);
        if (!_receiveWindow.TryConsume(cost))
            throw new LinkException(LinkCloseReason.CreditOverrun, "The peer sent more control messages than it had credit for.");
        var message = Parse(_partial.WrittenSpan);
        _partial.ResetWrittenCount();
        _received.Writer.TryWrite((message, cost));
    }

    private static ControlMessage Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            if (NullElements.AnyIn(json, Limits.MaxJsonDepth))
                throw new LinkException(LinkCloseReason.MalformedFrame, "The peer sent a control message with null in a list.");
            return JsonSerializer.Deserialize(json, LinkJson.Default.ControlMessage)
                ?? throw new LinkException(LinkCloseReason.MalformedFrame, "The peer sent null in place of a control message.");
        }
        catch (JsonException malformed)
        {
            throw new LinkException(LinkCloseReason.MalformedFrame, $"The peer sent a control message that can't be read: {malformed.Message}");
        }
    }

    private void GiveBack(int cost)
    {
        var credit = _receiveWindow.Return(cost);
        if (credit == 0) return;
        try
        {
            outgoing.AddUrgent(CreditFrames.Create(FrameLayout.ControlStream, credit));
        }
        catch (LinkException)
        {
            // The link is closed: what was received before may still be read.
        }
    }
}

using System.Text.Json;
using System.Threading.Channels;
using Grid.Protocol.Link.Frames;
using Grid.Protocol.Link.Messages;

namespace Grid.Protocol.Link;

/// <summary>The open streams of a link. The node's ids are odd, the operator's even; each side's only ever rise.</summary>
internal sealed class LinkStreams(LinkConnection connection, bool isNode)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, LinkStream> _open = [];
    private readonly Channel<LinkStream> _accepted = Channel.CreateBounded<LinkStream>(Limits.MaxOpenStreamsPerSide);
    private uint _nextOwn = isNode ? 1u : 2u;
    private uint _lastOfPeer;
    private int _ownCount;
    private int _peerCount;
    private LinkException? _failure;

    public ChannelReader<LinkStream> Accepted => _accepted.Reader;

    /// <param name="announce">Queues the opening frame; called under the lock, so that ids rise on the wire.</param>
    public LinkStream Open(StreamPurpose purpose, Action<uint> announce)
    {
        lock (_gate)
        {
            if (_failure is not null) throw _failure;
            if (_ownCount == Limits.MaxOpenStreamsPerSide)
                throw new LinkException(LinkCloseReason.QueueOverflow, $"{Limits.MaxOpenStreamsPerSide} streams of this side are open; close one first.");
            var stream = new LinkStream(connection, _nextOwn, purpose);
            announce(stream.Id);
            _open.Add(stream.Id, stream);
            _nextOwn = checked(_nextOwn + 2);
            _ownCount++;
            return stream;
        }
    }

    public void Receive(Frame frame)
    {
        if (frame.Kind is FrameKind.Open) Accept(frame);
        else if (Find(frame.Stream) is { } stream) Receive(stream, frame);
    }

    public void Forget(uint id)
    {
        lock (_gate)
        {
            if (!_open.Remove(id)) return;
            if (IsOwn(id)) _ownCount--;
            else _peerCount--;
        }
    }

    public void Close(LinkException failure)
    {
        LinkStream[] open;
        lock (_gate)
        {
            _failure = failure;
            open = [.. _open.Values];
        }
        _accepted.Writer.TryComplete();
        foreach (var stream in open) stream.TryEnd(failure);
    }

    private static void Receive(LinkStream stream, Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Data:
                stream.Receive(frame.Data.Span);
                break;
            case FrameKind.Credit:
                if (!stream.TryGrant(CreditFrames.Read(frame))) throw CreditFrames.Excess(frame.Stream);
                break;
            case FrameKind.End:
                stream.CompleteRemote();
                break;
            case FrameKind.Abort:
                stream.TryEnd(new LinkStreamAbortedException($"The peer aborted the stream: {ReasonText.Decode(frame.Data.Span)}"));
                break;
            default:
                throw new LinkException(LinkCloseReason.MalformedFrame, $"A frame of kind {(byte)frame.Kind} can't stand on stream {frame.Stream}.");
        }
    }

    private void Accept(Frame frame)
    {
        if (IsOwn(frame.Stream) || frame.Stream <= _lastOfPeer)
            throw new LinkException(LinkCloseReason.UnknownStream, $"The peer opened stream {frame.Stream}, which is not its to open or was used before.");
        _lastOfPeer = frame.Stream;
        var stream = new LinkStream(connection, frame.Stream, ParsePurpose(frame.Data.Span));
        if (!TryAdd(stream)) connection.SendAbort(frame.Stream, $"{Limits.MaxOpenStreamsPerSide} streams of your side are open; close one first");
    }

    private bool TryAdd(LinkStream stream)
    {
        lock (_gate)
        {
            if (_failure is not null || _peerCount == Limits.MaxOpenStreamsPerSide || !_accepted.Writer.TryWrite(stream)) return false;
            _open.Add(stream.Id, stream);
            _peerCount++;
            return true;
        }
    }

    /// <returns>Null for a stream that is over at this end: its last frames may still be on their way.</returns>
    private LinkStream? Find(uint id)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(id, out var stream)) return stream;
            var wasOpened = IsOwn(id) ? id < _nextOwn : id <= _lastOfPeer;
            if (!wasOpened) throw new LinkException(LinkCloseReason.UnknownStream, $"The peer sent a frame on stream {id}, which nobody opened.");
            return null;
        }
    }

    private bool IsOwn(uint id) => (id & 1) == (isNode ? 1u : 0u);

    private static StreamPurpose ParsePurpose(ReadOnlySpan<byte> json)
    {
        if (json.Length > Limits.MaxStreamHeaderBytes)
            throw new LinkException(LinkCloseReason.FrameTooLarge, $"A stream's purpose has at most {Limits.MaxStreamHeaderBytes} bytes, not {json.Length}.");
        try
        {
            return JsonSerializer.Deserialize(json, LinkJson.Default.StreamPurpose)
                ?? throw new LinkException(LinkCloseReason.MalformedFrame, "The peer opened a stream for null.");
        }
        catch (JsonException malformed)
        {
            throw new LinkException(LinkCloseReason.MalformedFrame, $"The peer opened a stream whose purpose can't be read: {malformed.Message}");
        }
    }
}

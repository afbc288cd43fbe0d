using System.IO.Pipelines;
using Grid.Protocol.Link.Frames;
using Grid.Protocol.Link.Messages;

namespace Grid.Protocol.Link;

/// <summary>
/// One stream of a link: bytes both ways, each direction held back by the reader's pace alone. Asynchronous only; one reader and one writer at a time.
/// Disposing before <see cref="CompleteWritesAsync"/> aborts, so that what was cut off never looks complete; after it, what the peer still sends is dropped.
/// </summary>
public sealed class LinkStream : Stream
{
    private readonly LinkConnection _connection;
    private readonly Lock _gate = new();
    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false));
    private readonly SendWindow _sendWindow = new(Limits.StreamWindowBytes);
    private readonly ReceiveWindow _receiveWindow = new(Limits.StreamWindowBytes);
    private int _unreadBytes;
    private bool _isWriteCompleted;
    private bool _isRemoteCompleted;
    private bool _isDiscarding;
    private bool _isOver;

    internal LinkStream(LinkConnection connection, uint id, StreamPurpose purpose)
    {
        _connection = connection;
        Id = id;
        Purpose = purpose;
    }

    /// <summary>Odd where the node opened it.</summary>
    public uint Id { get; }

    public StreamPurpose Purpose { get; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException("A link stream has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A link stream has no position.");
        set => throw new NotSupportedException("A link stream has no position.");
    }

    /// <returns>0 when the peer completed its direction.</returns>
    /// <exception cref="LinkStreamAbortedException">One end aborted the stream.</exception>
    /// <exception cref="LinkException">The link closed before the stream was complete.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        var result = await _received.Reader.ReadAsync(cancellationToken);
        var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, buffer.Length));
        var position = 0;
        foreach (var segment in taken)
        {
            segment.CopyTo(buffer[position..]);
            position += segment.Length;
        }
        _received.Reader.AdvanceTo(taken.End);
        lock (_gate) _unreadBytes -= position;
        GiveBack(position);
        return position;
    }

    /// <summary>Returns when the link took the bytes; waits while the peer reads slowly. Cancelling stops the wait, with part of the bytes sent.</summary>
    /// <exception cref="LinkStreamAbortedException">One end aborted the stream.</exception>
    /// <exception cref="LinkException">The link closed.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate) if (_isWriteCompleted) throw new InvalidOperationException("This direction was completed; nothing can be written after it.");
        while (!buffer.IsEmpty)
        {
            var taken = await _sendWindow.TakeAsync(1, Math.Min(buffer.Length, Limits.MaxFrameDataBytes), cancellationToken);
            await _connection.SendDataAsync(Id, FrameKind.Data, buffer[..taken]);
            buffer = buffer[taken..];
        }
    }

    /// <summary>The peer reads to the end. Its own direction stays open.</summary>
    public async ValueTask CompleteWritesAsync()
    {
        lock (_gate)
        {
            if (_isWriteCompleted || _isOver) return;
            _isWriteCompleted = true;
        }
        await _connection.SendDataAsync(Id, FrameKind.End, default);
        lock (_gate) EndIfComplete_NeedsLock();
    }

    /// <summary>Both directions are void, at both ends.</summary>
    public void Abort(string reason)
    {
        if (!TryEnd(new LinkStreamAbortedException($"This end aborted the stream: {reason}"))) return;
        _connection.SendAbort(Id, reason);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A link stream is read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A link stream is written asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A link stream can't seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A link stream has no length.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) LetGo();
        base.Dispose(disposing);
    }

    internal void Receive(ReadOnlySpan<byte> data)
    {
        var isDropped = false;
        lock (_gate)
        {
            if (_isOver) return;
            if (_isRemoteCompleted) throw new LinkException(LinkCloseReason.MalformedFrame, $"The peer sent data on stream {Id} after it had completed it.");
            if (!_receiveWindow.TryConsume(data.Length))
                throw new LinkException(LinkCloseReason.CreditOverrun, $"The peer sent more on stream {Id} than it had credit for.");
            isDropped = _isDiscarding;
            if (!isDropped) WriteReceived_NeedsLock(data);
        }
        if (isDropped) GiveBack(data.Length);
    }

    internal bool TryGrant(uint bytes) => _sendWindow.TryGrant(bytes);

    internal void CompleteRemote()
    {
        lock (_gate)
        {
            if (_isOver) return;
            if (_isRemoteCompleted) throw new LinkException(LinkCloseReason.MalformedFrame, $"The peer completed stream {Id} twice.");
            _isRemoteCompleted = true;
            _received.Writer.Complete();
            EndIfComplete_NeedsLock();
        }
    }

    /// <returns>False where it was over already.</returns>
    internal bool TryEnd(Exception failure)
    {
        lock (_gate)
        {
            if (_isOver) return false;
            _isOver = true;
            _received.Writer.Complete(failure);
        }
        _sendWindow.Fail(failure);
        _connection.Forget(Id);
        return true;
    }

    private void WriteReceived_NeedsLock(ReadOnlySpan<byte> data)
    {
        data.CopyTo(_received.Writer.GetSpan(data.Length));
        _received.Writer.Advance(data.Length);
        // Completes at once: the pipe never pauses its writer, the window bounds it.
        var flushed = _received.Writer.FlushAsync();
        if (!flushed.IsCompletedSuccessfully) throw new InvalidOperationException("A received pipe paused its writer.");
        _unreadBytes += data.Length;
    }

    private void LetGo()
    {
        int unreadBytes;
        lock (_gate)
        {
            if (_isOver || _isDiscarding) return;
            _isDiscarding = _isWriteCompleted;
            unreadBytes = _unreadBytes;
        }
        if (_isDiscarding) GiveBack(unreadBytes);
        else Abort("it was let go before it was complete");
    }

    private void EndIfComplete_NeedsLock()
    {
        if (!_isWriteCompleted || !_isRemoteCompleted || _isOver) return;
        _isOver = true;
        _connection.Forget(Id);
    }

    private void GiveBack(int bytes)
    {
        lock (_gate) if (_isOver || _isRemoteCompleted) return;
        var credit = _receiveWindow.Return(bytes);
        if (credit > 0) _connection.SendCredit(Id, credit);
    }
}

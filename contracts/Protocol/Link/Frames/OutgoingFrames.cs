namespace Grid.Protocol.Link.Frames;

/// <summary>
/// What waits for the socket. Urgent frames (control, credit, open, abort) go first, so a control frame waits for at most the one data frame that is being
/// sent; each stream has at most one data frame here, so that first come, first served is fair between streams.
/// </summary>
internal sealed class OutgoingFrames
{
    private readonly Lock _gate = new();
    private readonly Queue<OutgoingFrame> _urgent = new();
    private readonly Queue<OutgoingFrame> _data = new();
    private TaskCompletionSource _arrived = NewSignal();
    private Exception? _failure;

    /// <exception cref="LinkException">More than <see cref="Limits.MaxQueuedFrames"/> wait, or the link is closed.</exception>
    public void AddUrgent(params ReadOnlySpan<OutgoingFrame> frames)
    {
        lock (_gate)
        {
            if (_failure is not null) throw _failure;
            if (_urgent.Count + frames.Length > Limits.MaxQueuedFrames)
                throw new LinkException(LinkCloseReason.QueueOverflow, $"More than {Limits.MaxQueuedFrames} frames wait for a peer that does not read.");
            foreach (var frame in frames) _urgent.Enqueue(frame);
            _arrived.TrySetResult();
        }
    }

    /// <summary>Completes when the pipe took the frame; <paramref name="data"/> must not change before.</summary>
    /// <exception cref="LinkException">The link is closed.</exception>
    public Task AddDataAsync(uint stream, FrameKind kind, ReadOnlyMemory<byte> data)
    {
        var sent = NewSignal();
        lock (_gate)
        {
            if (_failure is not null) throw _failure;
            _data.Enqueue(new OutgoingFrame(stream, kind, data, sent));
            _arrived.TrySetResult();
        }
        return sent.Task;
    }

    /// <summary>One caller at a time.</summary>
    public async ValueTask<OutgoingFrame> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_urgent.TryDequeue(out var urgent)) return urgent;
                if (_data.TryDequeue(out var data)) return data;
                if (_arrived.Task.IsCompleted) _arrived = NewSignal();
                arrived = _arrived.Task;
            }
            await arrived.WaitAsync(cancellation);
        }
    }

    /// <summary>Whoever waits for a frame to be sent, or adds another, gets this.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            foreach (var frame in _data) frame.Sent?.TrySetException(_failure);
            _urgent.Clear();
            _data.Clear();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed record OutgoingFrame(uint Stream, FrameKind Kind, ReadOnlyMemory<byte> Data, TaskCompletionSource? Sent = null);

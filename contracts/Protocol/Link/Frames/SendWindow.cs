namespace Grid.Protocol.Link.Frames;

/// <summary>Credit that the peer gave for one direction of a stream. Who asks first is served first.</summary>
internal sealed class SendWindow(int windowBytes)
{
    private readonly int _windowBytes = windowBytes;
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private int _availableBytes = windowBytes;
    private Exception? _failure;

    /// <summary>Waits for at least <paramref name="minBytes"/> of credit and takes up to <paramref name="maxBytes"/>.</summary>
    public async ValueTask<int> TakeAsync(int minBytes, int maxBytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (_failure is not null) throw _failure;
            if (_waiters.Count == 0 && _availableBytes >= minBytes) return Take_NeedsLock(maxBytes);
            node = _waiters.AddLast(new Waiter(minBytes, maxBytes));
        }
        await using var registration = cancellation.UnsafeRegister((_, token) => Cancel(node, token), null);
        return await node.Value.Taken.Task;
    }

    /// <returns>False where the peer gives back more than it can have received.</returns>
    public bool TryGrant(uint bytes)
    {
        lock (_gate)
        {
            if (bytes == 0 || bytes > _windowBytes - _availableBytes) return false;
            _availableBytes += (int)bytes;
            Serve_NeedsLock();
            return true;
        }
    }

    /// <summary>Everyone who waits or comes later gets this.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            foreach (var waiter in _waiters) waiter.Taken.TrySetException(_failure);
            _waiters.Clear();
        }
    }

    private void Cancel(LinkedListNode<Waiter> node, CancellationToken token)
    {
        lock (_gate)
        {
            if (node.List is null) return;
            _waiters.Remove(node);
            node.Value.Taken.TrySetCanceled(token);
            Serve_NeedsLock();
        }
    }

    private void Serve_NeedsLock()
    {
        while (_waiters.First is { } first && _availableBytes >= first.Value.MinBytes)
        {
            _waiters.RemoveFirst();
            first.Value.Taken.TrySetResult(Take_NeedsLock(first.Value.MaxBytes));
        }
    }

    private int Take_NeedsLock(int maxBytes)
    {
        var taken = Math.Min(maxBytes, _availableBytes);
        _availableBytes -= taken;
        return taken;
    }

    private sealed record Waiter(int MinBytes, int MaxBytes)
    {
        public TaskCompletionSource<int> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

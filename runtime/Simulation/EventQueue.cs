namespace Grid.Runtime.Simulation;

internal enum EventKind : byte
{
    Request,
    Answer,
    Timer,
    Action,
}

/// <summary>Something that will happen at a virtual time; events of one time happen in the order in which they were scheduled.</summary>
internal readonly record struct ScheduledEvent(long DueTicks, long Order, EventKind Kind, int Epoch, object Payload);

/// <summary>A binary heap of scheduled events.</summary>
internal sealed class EventQueue
{
    private ScheduledEvent[] _heap = new ScheduledEvent[1024];
    private int _count;
    private long _lastOrder;

    public int Count => _count;

    public long EarliestTicks => _count == 0 ? long.MaxValue : _heap[0].DueTicks;

    /// <returns>The order number of the event, by which it is known.</returns>
    public long Add(long dueTicks, EventKind kind, int epoch, object payload)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _count * 2);
        var scheduled = new ScheduledEvent(dueTicks, ++_lastOrder, kind, epoch, payload);
        var at = _count++;
        for (; at > 0 && IsBefore(scheduled, _heap[(at - 1) / 2]); at = (at - 1) / 2)
            _heap[at] = _heap[(at - 1) / 2];
        _heap[at] = scheduled;
        return scheduled.Order;
    }

    public ScheduledEvent Take()
    {
        var first = _heap[0];
        var last = _heap[--_count];
        _heap[_count] = default;
        if (_count > 0)
            SiftDown(last);
        return first;
    }

    private void SiftDown(in ScheduledEvent moved)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
                child++;
            if (!IsBefore(_heap[child], moved))
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = moved;
    }

    private static bool IsBefore(in ScheduledEvent a, in ScheduledEvent b) =>
        a.DueTicks != b.DueTicks ? a.DueTicks < b.DueTicks : a.Order < b.Order;
}

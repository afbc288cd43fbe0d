namespace Grid.Runtime.Hosting;

/// <summary>
/// Timers of seconds that may be late by one step: a hashed wheel. The platform's timers all stand in one list, which each of them
/// walks when it is due;
/// a silo with many leases would do little else.
/// </summary>
public sealed class CoarseTimers(TimeSpan step)
{
    private readonly Lock _gate = new();
    private readonly CoarseTimer?[] _slots = new CoarseTimer?[Limits.TimerSlots];
    private long _now;

    /// <summary>A timer that fires once, not before its time.</summary>
    public ITimer Create(TimerCallback callback, object state, TimeSpan dueTime)
    {
        var timer = new CoarseTimer(this, callback, state);
        Arm(timer, dueTime);
        return timer;
    }

    /// <summary>Fires what is due. Called by one thread at a time.</summary>
    public void AdvanceTo(long nowTicks)
    {
        foreach (var timer in TakeDue(nowTicks / step.Ticks)) timer.Fire();
    }

    internal void Arm(CoarseTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            Unlink(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;

            // The step that is under way began some time ago.
            timer.DueStep = _now + 1 + (Math.Max(0, dueTime.Ticks) + step.Ticks - 1) / step.Ticks;
            Link(timer);
        }
    }

    private List<CoarseTimer> TakeDue(long now)
    {
        var due = new List<CoarseTimer>();
        lock (_gate)
        {
            // Where more than a round has passed, each slot is looked at once.
            for (var at = Math.Max(_now + 1, now - _slots.Length + 1); at <= now; at++) TakeDue(at, now, due);
            _now = Math.Max(_now, now);
        }

        return due;
    }

    private void TakeDue(long at, long now, List<CoarseTimer> due)
    {
        for (var timer = _slots[SlotOf(at)]; timer is not null;)
        {
            var next = timer.Next;
            if (timer.DueStep <= now)
            {
                Unlink(timer);
                due.Add(timer);
            }

            timer = next;
        }
    }

    private void Link(CoarseTimer timer)
    {
        ref var first = ref _slots[SlotOf(timer.DueStep)];
        (timer.Next, timer.Previous, timer.IsLinked) = (first, null, true);
        if (first is not null) first.Previous = timer;
        first = timer;
    }

    private void Unlink(CoarseTimer timer)
    {
        if (!timer.IsLinked) return;
        if (timer.Previous is null) _slots[SlotOf(timer.DueStep)] = timer.Next;
        else timer.Previous.Next = timer.Next;
        if (timer.Next is not null) timer.Next.Previous = timer.Previous;
        (timer.Next, timer.Previous, timer.IsLinked) = (null, null, false);
    }

    private int SlotOf(long at) => (int)(at % _slots.Length);
}

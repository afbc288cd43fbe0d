namespace Grid.Runtime.Calls;

/// <summary>Where a call stands in its <see cref="PendingCallList"/>.</summary>
internal struct PendingCallLink
{
    public PendingCallList? List;
    public Call? Next;
    public Call? Previous;
    public long DeadlineTicks;
}

/// <summary>The calls that wait for an answer with one timeout, so in the order of their deadlines.</summary>
internal sealed class PendingCallList(TimeSpan timeout)
{
    private readonly Lock _gate = new();
    private Call? _first;
    private Call? _last;

    public TimeSpan Timeout => timeout;

    /// <summary>The earliest deadline, or <see cref="long.MaxValue"/>.</summary>
    public long EarliestDeadlineTicks => _first?.Pending.DeadlineTicks ?? long.MaxValue;

    public void Add(Call call, long nowTicks)
    {
        lock (_gate)
        {
            call.Pending = new PendingCallLink { List = this, Previous = _last, DeadlineTicks = nowTicks + timeout.Ticks };
            if (_last is null)
                _first = call;
            else
                _last.Pending.Next = call;
            _last = call;
        }
    }

    public void Remove(Call call)
    {
        lock (_gate)
        {
            if (call.Pending.List is not null)
                Unlink(call);
        }
    }

    /// <summary>Takes out the first call whose deadline has come, if any.</summary>
    public Call? TakeExpired(long nowTicks)
    {
        lock (_gate)
        {
            var call = _first;
            if (call is null || call.Pending.DeadlineTicks > nowTicks)
                return null;
            Unlink(call);
            return call;
        }
    }

    /// <summary>Takes out the first call to this silo, if any.</summary>
    public Call? TakeFirstOf(Silo silo)
    {
        lock (_gate)
        {
            var call = _first;
            while (call is not null && call.Reference.Target.Silo != silo)
                call = call.Pending.Next;
            if (call is not null)
                Unlink(call);
            return call;
        }
    }

    private void Unlink(Call call)
    {
        var (previous, next) = (call.Pending.Previous, call.Pending.Next);
        if (previous is null)
            _first = next;
        else
            previous.Pending.Next = next;
        if (next is null)
            _last = previous;
        else
            next.Pending.Previous = previous;
        call.Pending = default;
    }
}

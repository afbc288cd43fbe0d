namespace Grid.Runtime.Calls;

/// <summary>All calls that wait for an answer, one list for each timeout.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _growing = new();
    private volatile PendingCallList[] _lists = [];

    public long EarliestDeadlineTicks
    {
        get
        {
            var earliest = long.MaxValue;
            foreach (var list in _lists)
                earliest = Math.Min(earliest, list.EarliestDeadlineTicks);
            return earliest;
        }
    }

    public void Add(Call call, TimeSpan timeout, long nowTicks) => ListFor(timeout).Add(call, nowTicks);

    /// <summary>Fails every call whose deadline has come.</summary>
    public void Expire(long nowTicks, Func<Call, Exception> errorFor)
    {
        foreach (var list in _lists)
        {
            while (list.TakeExpired(nowTicks) is { } call)
                call.Fail(errorFor(call));
        }
    }

    /// <summary>Fails every call to this silo.</summary>
    public void FailAllOf(Silo silo, Func<Call, Exception> errorFor)
    {
        foreach (var list in _lists)
        {
            while (list.TakeFirstOf(silo) is { } call)
                call.Fail(errorFor(call));
        }
    }

    private PendingCallList ListFor(TimeSpan timeout)
    {
        foreach (var list in _lists)
        {
            if (list.Timeout == timeout)
                return list;
        }

        return NewListFor(timeout);
    }

    private PendingCallList NewListFor(TimeSpan timeout)
    {
        lock (_growing)
        {
            var list = _lists.FirstOrDefault(l => l.Timeout == timeout);
            if (list is not null)
                return list;
            if (_lists.Length >= Limits.DistinctResponseTimeouts)
                throw new InvalidOperationException($"more than {Limits.DistinctResponseTimeouts} different response timeouts");
            list = new PendingCallList(timeout);
            _lists = [.. _lists, list];
            return list;
        }
    }
}

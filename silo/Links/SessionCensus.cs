using Grid.Leases;

namespace Grid.Silo.Links;

/// <summary>Counts the sessions that stand and those lost of late: when most are lost at once, it is the operator who is cut off, and no node is called lost.</summary>
internal sealed class SessionCensus(GridParameters parameters, TimeProvider time) : ISessionCensus
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _losses = new();
    private readonly long _startedAt = time.GetTimestamp();
    private int _sessions;

    public bool HasKeptHalf
    {
        get
        {
            lock (_gate)
            {
                Forget_NeedsLock();

                // After a start the nodes need their time to come back.
                if (_sessions == 0 && time.GetElapsedTime(_startedAt) < parameters.LostAfter) return false;
                return _losses.Count <= _sessions;
            }
        }
    }

    public int Sessions
    {
        get
        {
            lock (_gate) return _sessions;
        }
    }

    public void Opened()
    {
        lock (_gate)
        {
            _sessions++;

            // A node that is back is lost no more.
            if (_losses.Count > 0) _losses.Dequeue();
        }
    }

    /// <param name="isLost">False where a newer session of the same node stands.</param>
    public void Closed(bool isLost)
    {
        lock (_gate)
        {
            _sessions--;
            if (!isLost) return;
            _losses.Enqueue(time.GetTimestamp());
            if (_losses.Count > Limits.RememberedLosses) _losses.Dequeue();
        }
    }

    private void Forget_NeedsLock()
    {
        while (_losses.TryPeek(out var at) && time.GetElapsedTime(at) >= parameters.LostAfter) _losses.Dequeue();
    }
}

using Grid.Leases;

namespace Grid.Simulation;

/// <summary>The silo's sessions with nodes: whether it is they who are away, or the silo.</summary>
internal sealed class SessionCensus(TimeProvider time, TimeSpan lostAfter) : ISessionCensus
{
    private readonly Queue<long> _lost = new();
    private long _startedAt;
    private int _present;

    public bool HasKeptHalf
    {
        get
        {
            while (_lost.TryPeek(out var lostAt) && time.GetElapsedTime(lostAt) >= lostAfter) _lost.Dequeue();
            return time.GetElapsedTime(_startedAt) >= lostAfter && _lost.Count <= _present;
        }
    }

    /// <summary>A silo that has just started knows of nobody: it says nothing about others before they had the time to come back.</summary>
    public void Restarted()
    {
        _startedAt = time.GetTimestamp();
        _present = 0;
        _lost.Clear();
    }

    public void Joined() => _present++;

    public void Left()
    {
        _present--;
        _lost.Enqueue(time.GetTimestamp());
    }
}

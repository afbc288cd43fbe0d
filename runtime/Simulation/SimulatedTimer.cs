namespace Grid.Runtime.Simulation;

/// <summary>A timer of virtual time. Its callback runs between turns.</summary>
internal sealed class SimulatedTimer(SimulatedHost host, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;
    private long _armedAs;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _armedAs = dueTime == Timeout.InfiniteTimeSpan ? 0 : host.ScheduleTimer(dueTime, this);
        return true;
    }

    public void Dispose() => _armedAs = 0;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the event of this order number is still the one that the timer waits for.</summary>
    public bool IsArmedAs(long order) => _armedAs == order;

    public void Fire()
    {
        var isPeriodic = _period > TimeSpan.Zero;
        _armedAs = isPeriodic ? host.ScheduleTimer(_period, this) : 0;
        callback(state);
    }
}

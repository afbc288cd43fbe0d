namespace Grid.Runtime.Hosting;

/// <summary>One timer of <see cref="CoarseTimers"/>; where it stands belongs to those.</summary>
internal sealed class CoarseTimer(CoarseTimers timers, TimerCallback callback, object state) : ITimer
{
    public CoarseTimer? Next { get; set; }

    public CoarseTimer? Previous { get; set; }

    public bool IsLinked { get; set; }

    public long DueStep { get; set; }

    public void Fire() => callback(state);

    /// <param name="period">Infinite: it fires once.</param>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        timers.Arm(this, dueTime);
        return true;
    }

    public void Dispose() => timers.Arm(this, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

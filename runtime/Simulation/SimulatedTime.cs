namespace Grid.Runtime.Simulation;

/// <summary>Virtual time: it stands still while something can run, and then jumps to the next event.</summary>
internal sealed class SimulatedTime(SimulatedHost host, DateTimeOffset start) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => host.NowTicks;

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(host.NowTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(host, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

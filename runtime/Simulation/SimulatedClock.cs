namespace Grid.Runtime.Simulation;

/// <summary>
/// Virtual time as one machine reads it: it stands still while something can run, and then jumps to the next event. The wall clock may be wrong; timers and
/// timestamps never are.
/// </summary>
public sealed class SimulatedClock : TimeProvider
{
    private readonly SimulatedHost _host;
    private readonly DateTimeOffset _start;

    internal SimulatedClock(SimulatedHost host, DateTimeOffset start) => (_host, _start) = (host, start);

    /// <summary>How far the wall clock is from the true time; may be changed at any time, as when a clock is set.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => _host.NowTicks;

    public override DateTimeOffset GetUtcNow() => _start + TimeSpan.FromTicks(_host.NowTicks) + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(_host, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

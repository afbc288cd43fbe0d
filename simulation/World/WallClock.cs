namespace Grid.Simulation;

/// <summary>A machine's clocks: UTC can be set wrong, the monotonic one and its timers never jump.</summary>
internal sealed class WallClock : TimeProvider
{
    private TimeProvider? _virtual;

    /// <summary>How far UTC is off.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => Virtual.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    private TimeProvider Virtual => _virtual ?? throw new InvalidOperationException("The clock runs once the simulation has started.");

    public WallClock Over(TimeProvider time)
    {
        _virtual = time;
        return this;
    }

    public override DateTimeOffset GetUtcNow() => Virtual.GetUtcNow() + Offset;

    public override long GetTimestamp() => Virtual.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Virtual.CreateTimer(callback, state, dueTime, period);
}

namespace Grid.Tests.Grains;

/// <summary>A wall clock that may jump, beside a monotonic clock that does not.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private TimeSpan _elapsed;
    private TimeSpan _jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => Some.Now + _elapsed + _jumped;

    public void Pass(TimeSpan time) => _elapsed += time;

    public void Jump(TimeSpan by) => _jumped += by;
}

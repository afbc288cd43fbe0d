namespace Grid.Leases;

/// <summary>
/// How long a lease can have lived, as the operator saw it: the monotonic clock of this activation on top of what earlier ones stored. A wall clock that
/// jumps while an activation lives changes nothing; one that stands before the stored time says nothing, and then all that is paid is plausible.
/// </summary>
internal sealed class ObservedClock
{
    private readonly TimeProvider _time;
    private readonly long _baseSeconds;
    private readonly long _start;

    public ObservedClock(TimeProvider time, LeaseState state)
    {
        _time = time;
        _start = time.GetTimestamp();
        var unwatched = time.GetUtcNow() - state.ObservedAt;
        _baseSeconds = unwatched < TimeSpan.Zero
            ? Math.Max(state.ObservedSeconds, state.PaidThroughSeconds)
            : state.ObservedSeconds + (long)Math.Ceiling(unwatched.TotalSeconds);
    }

    public long Seconds => _baseSeconds + (long)Math.Ceiling(_time.GetElapsedTime(_start).TotalSeconds);

    /// <summary>The most that a node's own count can have reached.</summary>
    public long PlausibleSeconds(long tickSeconds) => Seconds + Limits.ClockToleranceTicks * tickSeconds;
}

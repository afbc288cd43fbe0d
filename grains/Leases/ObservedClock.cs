namespace Grid.Leases;

/// <summary>
/// How long a lease can have lived, as the operator saw it: the monotonic clock of this activation on top of what earlier ones stored. A wall clock that
/// jumps while an activation lives changes nothing. Between two activations only the wall clock tells the time, so that a count is plausible which it
/// contradicts by no more than a jump; where it stands before the stored time it says nothing, and all that is paid is plausible.
/// </summary>
public sealed class ObservedClock
{
    private readonly TimeProvider _time;
    private readonly long _baseSeconds;
    private readonly long _start;
    private readonly long _toleranceSeconds;

    /// <param name="isResumed">Whether time may have passed that no activation watched.</param>
    public ObservedClock(TimeProvider time, LeaseState state, bool isResumed)
    {
        _time = time;
        _start = time.GetTimestamp();
        var unwatched = time.GetUtcNow() - state.ObservedAt;
        var seen = Math.Max(state.ObservedSeconds, state.BilledSeconds);
        _baseSeconds = unwatched < TimeSpan.Zero ? Math.Max(seen, state.PaidThroughSeconds) : seen + (long)Math.Ceiling(unwatched.TotalSeconds);
        _toleranceSeconds = isResumed ? Limits.WallClockJumpSeconds : 0;
    }

    public long Seconds => _baseSeconds + (long)Math.Ceiling(_time.GetElapsedTime(_start).TotalSeconds);

    /// <summary>The most that a node's own count can have reached.</summary>
    public long PlausibleSeconds(long tickSeconds) => Seconds + _toleranceSeconds + Limits.ClockToleranceTicks * tickSeconds;
}

namespace Grid.Providers;

/// <summary>How many providers that nobody has seen before may enrol: so many at once, then so many a minute. Not safe for concurrent use.</summary>
public sealed class EnrolmentBucket(int burst, int perMinute)
{
    private const long MillisPerMinute = 60_000;

    /// <summary>In enrolments × milliseconds of a minute, so that nothing is lost to rounding.</summary>
    private long _room = burst * MillisPerMinute;

    private long _atMs = long.MinValue;

    /// <param name="nowMs">Of a clock that never goes back.</param>
    public bool TryTake(long nowMs)
    {
        if (_atMs != long.MinValue) _room = (long)Int128.Min(burst * MillisPerMinute, _room + (Int128)(nowMs - _atMs) * perMinute);
        _atMs = nowMs;
        if (_room < MillisPerMinute) return false;
        _room -= MillisPerMinute;
        return true;
    }
}

using System.Text.Json.Serialization;

namespace Grid.Protocol;

/// <summary>A price in micro-units per hour.</summary>
[JsonConverter(typeof(RatePerHourJsonConverter))]
public readonly record struct RatePerHour(long MicroUnits) : IComparable<RatePerHour>
{
    private const long SecondsPerHour = 3600;

    public static RatePerHour Zero => default;

    public int CompareTo(RatePerHour other) => MicroUnits.CompareTo(other.MicroUnits);

    /// <summary>⌊rate × seconds / 3600⌋, over the whole lease: the rounding favours the tenant.</summary>
    /// <param name="cumulativeSeconds">Whole seconds since the lease's start, not since the last receipt.</param>
    public Money ChargeRoundedDown(long cumulativeSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cumulativeSeconds);
        return new Money(checked((long)((Int128)MicroUnits * cumulativeSeconds / SecondsPerHour)));
    }

    /// <summary>The most whole seconds whose charge does not exceed <paramref name="amount"/>.</summary>
    public long SecondsCovered(Money amount)
    {
        if (amount.IsNegative) return 0;
        if (MicroUnits == 0) return long.MaxValue;
        var seconds = (((Int128)amount.MicroUnits + 1) * SecondsPerHour - 1) / MicroUnits;
        return seconds > long.MaxValue ? long.MaxValue : (long)seconds;
    }

    public static RatePerHour operator +(RatePerHour left, RatePerHour right) => new(checked(left.MicroUnits + right.MicroUnits));

    public static RatePerHour operator *(RatePerHour rate, long count) => new(checked(rate.MicroUnits * count));

    public static bool operator <(RatePerHour left, RatePerHour right) => left.MicroUnits < right.MicroUnits;

    public static bool operator >(RatePerHour left, RatePerHour right) => left.MicroUnits > right.MicroUnits;

    public static bool operator <=(RatePerHour left, RatePerHour right) => left.MicroUnits <= right.MicroUnits;

    public static bool operator >=(RatePerHour left, RatePerHour right) => left.MicroUnits >= right.MicroUnits;

    public override string ToString() => $"{new Money(MicroUnits)}/h";
}

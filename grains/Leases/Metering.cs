using Grid.Protocol;

namespace Grid.Leases;

/// <summary>How far a lease may run on what is held for it. All seconds are the lease's own, counted by its node.</summary>
public static class Metering
{
    /// <summary>
    /// The least that must be paid ahead at any time is <c>runAhead</c>, so that no shorter outage closes a lease; what is asked for is a quarter more,
    /// and two ticks at least, so that not every tick has to write.
    /// </summary>
    public static long TargetSeconds(LeaseTerms terms, long seconds, long tickSeconds)
    {
        var margin = Math.Max(terms.RunAheadSeconds / 4, 2 * tickSeconds);
        return WithinDuration(terms, checked(seconds + terms.RunAheadSeconds + margin));
    }

    /// <summary>Whether <c>paidThrough</c> must grow now.</summary>
    public static bool NeedsExtension(LeaseTerms terms, long seconds, long paidThrough) =>
        paidThrough < WithinDuration(terms, checked(seconds + terms.RunAheadSeconds));

    /// <summary>The seconds that a held amount pays for, as far as they are asked for: where a second costs less than a micro-unit, nothing may pay for ever.</summary>
    public static long Covered(LeaseTerms terms, Money held, long targetSeconds) => WithinDuration(terms, Math.Min(terms.Rate.SecondsCovered(held), targetSeconds));

    private static long WithinDuration(LeaseTerms terms, long seconds) => terms.DurationSeconds > 0 ? Math.Min(seconds, terms.DurationSeconds) : seconds;
}

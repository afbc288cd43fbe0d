namespace Grid.Silo.Chain;

/// <summary>How far this silo has come with the chain, for people and probes. Written by the loop alone.</summary>
internal sealed class ChainProgress
{
    private volatile ProgressSeen _seen = new(null, 0, null, null);

    public ProgressSeen Seen => _seen;

    public void Look(ChainMoment moment, DateTimeOffset now) => _seen = _seen with { Moment = moment, LookedAt = now };

    public void Follow(ulong block) => _seen = _seen with { FollowedTo = block };

    /// <param name="fault">Null where the round went well.</param>
    public void End(string? fault) => _seen = _seen with { Fault = fault };
}

/// <param name="Moment">As last seen; null before the first look.</param>
/// <param name="FollowedTo">The last block whose events were all taken.</param>
/// <param name="Fault">Why the last round did not end well; null where it did.</param>
internal sealed record ProgressSeen(ChainMoment? Moment, ulong FollowedTo, DateTimeOffset? LookedAt, string? Fault)
{
    /// <summary>Final blocks whose events are still to be taken.</summary>
    public ulong BehindBlocks => Moment is { } moment && moment.Firm.Number > FollowedTo ? moment.Firm.Number - FollowedTo : 0;
}

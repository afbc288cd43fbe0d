using Grid.Protocol.Link.Messages;

namespace Grid.Node.Leases;

/// <summary>When an operator was last heard, and how often it wants to hear.</summary>
internal sealed class OperatorContact(long heardAt, int tickMs)
{
    private ulong _beats;
    private int _nextResend;

    /// <summary>A timestamp of the time provider.</summary>
    public long HeardAt { get; set; } = heardAt;

    public int TickMs { get; } = tickMs;

    /// <summary>What it was told last of what others have bound.</summary>
    public BoundElsewhere Elsewhere { get; set; } = BoundElsewhere.Nothing;

    public ulong NextBeat() => ++_beats;

    /// <summary>A bounded part of what is owed to the operator, another one each time.</summary>
    public IEnumerable<NodeLease> Resends(IReadOnlyList<NodeLease> owed)
    {
        if (owed.Count <= Limits.ResendsPerBeat) return owed;
        var first = _nextResend % owed.Count;
        _nextResend = (first + Limits.ResendsPerBeat) % owed.Count;
        return Enumerable.Range(first, Limits.ResendsPerBeat).Select(index => owed[index % owed.Count]);
    }
}

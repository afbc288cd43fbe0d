using Grid.Protocol.Link.Messages;

namespace Grid.Node.Leases;

/// <summary>How often an operator wants to hear, and what it has said.</summary>
/// <param name="saysWhatItHeard">Else every word of it counts for all its leases.</param>
internal sealed class OperatorContact(int tickMs, bool isWelcome, bool saysWhatItHeard)
{
    private ulong _beats;
    private int _nextResend;

    /// <summary>Until it has said anything.</summary>
    public static OperatorContact Unheard() => new(Limits.DefaultTickMs, isWelcome: false, saysWhatItHeard: false);

    public int TickMs { get; } = tickMs;

    /// <summary>When it was heard last by this process; null where that cannot be told of its leases.</summary>
    public BootMoment? Heard { get; private set; }

    /// <summary>What it was told last of what others have bound.</summary>
    public BoundElsewhere Elsewhere { get; set; } = BoundElsewhere.Nothing;

    public void Hear(BootMoment at)
    {
        if (!saysWhatItHeard) Heard = at;
    }

    /// <summary>A lease as it stands with its operator now.</summary>
    public NodeLease Applied(NodeLease lease)
    {
        var heard = Heard is { } at ? Partition.Heard(lease, at) : lease;
        return isWelcome && heard.StopsOnPartition && heard.TickMs != TickMs ? heard with { TickMs = TickMs } : heard;
    }

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

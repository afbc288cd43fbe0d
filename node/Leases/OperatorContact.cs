namespace Grid.Node.Leases;

/// <summary>When an operator was last heard, and how often it wants to hear.</summary>
internal sealed class OperatorContact(long heardAt, int tickMs)
{
    private ulong _beats;

    /// <summary>A timestamp of the time provider.</summary>
    public long HeardAt { get; set; } = heardAt;

    public int TickMs { get; } = tickMs;

    public ulong NextBeat() => ++_beats;
}

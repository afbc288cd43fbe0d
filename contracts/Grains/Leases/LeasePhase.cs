namespace Grid.Leases;

public enum LeasePhase
{
    /// <summary>Nothing is stored of this lease.</summary>
    None = 0,
    Held = 1,
    Active = 2,

    /// <summary>Ending: the node has still to stop, or to send its last receipt.</summary>
    Closing = 3,
    Closed = 4,
}

namespace Grid.Protocol.Signing;

/// <summary>What a provider is accused of. The numbers are signed in <see cref="Fault"/>: never reuse one. A kind without a schedule on the chain is refused there.</summary>
public enum FaultKind : byte
{
    None = 0,

    /// <summary>Silent inside of an active lease. The only kind that <see cref="Seen"/> receipts dismiss and that needs no arbiter.</summary>
    Downtime = 1,

    /// <summary>Does not have what it offers, or did not do the work: an arbiter rules.</summary>
    FalseWork = 2,
}

namespace Grid.Node.Leases;

internal static class Limits
{
    /// <summary>Leases in the node's ledger, ended ones that no operator has released yet included.</summary>
    public const int MaxLeases = 4096;

    /// <summary>What a lease that asked for no disk may write: its logs do not count.</summary>
    public const long LeastDiskMib = 64;

    /// <summary>Until an operator has said its own.</summary>
    public const int DefaultTickMs = 1000;

    public const int MinTickMs = 100;

    public const int MaxTickMs = 60_000;

    /// <summary>An operator silent for this many ticks is out of reach.</summary>
    public const int LostTicks = 6;
}

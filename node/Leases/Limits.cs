namespace Grid.Node.Leases;

internal static class Limits
{
    /// <summary>Leases in the node's ledger, ended ones that no operator has released yet included. All of them fit the first message of a link.</summary>
    public const int MaxLeases = 512;

    /// <summary>Copies of services that one lease may consist of.</summary>
    public const int MaxWorkloadsPerLease = 64;

    /// <summary>Copies of services that all leases together may run: with those whose logs are kept, the supervisor has room for all.</summary>
    public const int MaxWorkloads = 256;

    /// <summary>Of the first message on a link, with room to its bound for the offer.</summary>
    public const int MaxHelloLeaseBytes = 768 * 1024;

    /// <summary>Leases whose end or receipt one operator hears again with a heartbeat; the others' turn comes with the next.</summary>
    public const int ResendsPerBeat = 256;

    /// <summary>What a lease that asked for no disk may write: its logs do not count.</summary>
    public const long LeastDiskMib = 64;

    /// <summary>Until an operator has said its own.</summary>
    public const int DefaultTickMs = 1000;

    public const int MinTickMs = 100;

    public const int MaxTickMs = 60_000;

    /// <summary>An operator silent for this many ticks is out of reach.</summary>
    public const int LostTicks = 6;
}

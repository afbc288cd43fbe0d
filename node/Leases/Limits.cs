namespace Grid.Node.Leases;

internal static class Limits
{
    /// <summary>Leases in the node's ledger, ended ones that no operator has released yet included.</summary>
    public const int MaxLeases = 4096;
}

namespace Grid.Accounts;

internal static class Limits
{
    /// <summary>Deployments of one payer that live at the same time.</summary>
    public const int LiveDeployments = 4096;

    /// <summary>Ended deployments of one payer that are still listed.</summary>
    public const int EndedDeployments = 256;

    /// <summary>Leases of one payer that are open at the same time.</summary>
    public const int OpenHolds = 4096;

    /// <summary>Deposits that one payer's local ledger remembers by their ids.</summary>
    public const int FundOrders = 10_000;
}

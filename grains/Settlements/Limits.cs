namespace Grid.Settlements;

internal static class Limits
{
    /// <summary>Leaves of each tree in one stored row.</summary>
    public const int LeavesPerPage = 1024;

    public const int Pages = Protocol.Settlement.Limits.MaxLeaves / LeavesPerPage;

    /// <summary>Leases that were charged to their end and are still shown under new roots: the latest ones.</summary>
    public const int CompleteLeases = 1 << 17;

    /// <summary>
    /// Batches that led to nothing and are looked for after a final one; each was discarded when it was dropped, but for a crash just
    /// then.
    /// </summary>
    public const int DiscardsAtOnce = 256;

    /// <summary>Payers whose places one provider is shown: some hundred kilobytes.</summary>
    public const int PayersShown = 64;

    /// <summary>Grains that a batch asks at the same time.</summary>
    public const int CallsAtOnce = 64;

    /// <summary>After a root that could not be posted, or a batch without anything new, as a share of the time between roots.</summary>
    public const int RetriesPerInterval = 10;

    /// <summary>A root is posted again when this part of the silence that the escrow allows has passed: time enough for retries.</summary>
    public const int SilenceParts = 2;
}

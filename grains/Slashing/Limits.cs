namespace Grid.Slashing;

internal static class Limits
{
    /// <summary>Leases of one provider that ended in silence and are still looked at: the latest.</summary>
    public const int WatchedLeases = 256;

    /// <summary>Leases of one provider that are accused within one report window.</summary>
    public const int MarkedLeases = 1024;

    /// <summary>Closed cases of one provider that are still shown: the latest.</summary>
    public const int ClosedCases = 64;

    /// <summary>Eras behind the current one whose books are read.</summary>
    public const ulong ErasExamined = 64;

    /// <summary>Eras whose books are read in one round.</summary>
    public const int ErasPerRound = 4;

    /// <summary>Cases of one provider that await signatures or a decision at the same time.</summary>
    public const int OpenCases = 256;

    /// <summary>How long the other operators leave an execution to the reporter, in ticks.</summary>
    public const int OthersWaitTicks = 10;

    /// <summary>
    /// Before an interval the provider's last receipt may be this many ticks old, beyond one slot: where one of few nodes is lost, the operators take it for an
    /// outage of their own at first.
    /// </summary>
    public const int ReceiptTicks = 36;
}

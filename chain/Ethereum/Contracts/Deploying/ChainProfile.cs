using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts.Deploying;

/// <summary>
/// The numbers that a new grid's contracts are made with. Windows never change; parameters do behind the timelock, within bounds.
/// </summary>
/// <param name="TimelockSeconds">Every change of a parameter or a role is public this long; longer than any exit on a real grid.</param>
/// <param name="GraceSeconds">A change that nobody applies this long after it was ready is void.</param>
/// <param name="SlashPpmPerHour">The share of the stake that one hour of downtime costs.</param>
/// <param name="MaxSlashPpm">The most that one case takes of a stake.</param>
/// <param name="EquivocationPpm">What two votes in one era cost of an operator's bond.</param>
/// <param name="TokenSupply">Of the development token, where no other is named.</param>
public sealed record ChainProfile(
    ChainWindows Windows,
    long EraSeconds,
    long TimelockSeconds,
    long GraceSeconds,
    Money MinBond,
    Money ChallengeFee,
    Money VoidPenalty,
    Money RewardPerEra,
    uint FeeBurnPpm,
    uint CompensationPpm,
    uint ReporterPpm,
    uint MaxSlashPpm,
    uint SlashPpmPerHour,
    uint EquivocationPpm,
    Money TokenSupply)
{
    private const long Hour = 3600;
    private const long Day = 24 * Hour;

    /// <summary>The defaults of <c>docs/protocol</c>.</summary>
    public static ChainProfile Standard { get; } = new(
        new ChainWindows(
            DisputeSeconds: Day,
            SilenceSeconds: 7 * Day,
            ExitSeconds: 14 * Day,
            ActivationSeconds: Day,
            UnbondingSeconds: 21 * Day,
            CommitSeconds: 6 * Hour,
            ReportSeconds: 7 * Day,
            AppealSeconds: 3 * Day,
            FinalitySeconds: Hour),
        EraSeconds: Day,
        TimelockSeconds: 30 * Day,
        GraceSeconds: 14 * Day,
        MinBond: Money.FromTokens(1_000),
        ChallengeFee: Money.FromTokens(1),
        VoidPenalty: Money.FromTokens(100),
        RewardPerEra: Money.FromTokens(1_000),
        FeeBurnPpm: 1_000_000,
        CompensationPpm: 600_000,
        ReporterPpm: 50_000,
        MaxSlashPpm: 500_000,
        SlashPpmPerHour: 10_000,
        EquivocationPpm: 500_000,
        TokenSupply: Money.FromTokens(1_000_000_000));

    /// <summary>Everything within seconds, for one machine.</summary>
    public static ChainProfile Development { get; } = Standard with
    {
        Windows = new ChainWindows(
            DisputeSeconds: 6,
            SilenceSeconds: 120,
            ExitSeconds: 132,
            ActivationSeconds: 0,
            UnbondingSeconds: 80,
            CommitSeconds: 20,
            ReportSeconds: 60,
            AppealSeconds: 8,
            FinalitySeconds: 2),
        EraSeconds = 10,
        TimelockSeconds = 300,
        GraceSeconds = 300,
        RewardPerEra = Money.FromTokens(10),
        SlashPpmPerHour = 1_000_000,
    };
}

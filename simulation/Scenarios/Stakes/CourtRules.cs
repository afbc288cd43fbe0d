using Grid.Protocol.Slashing;

namespace Grid.Simulation;

/// <summary>The windows and guards of the court: a test takes one out to see what breaks.</summary>
/// <param name="RefusesRepeats">Each interval of a lease once, each case executed once.</param>
/// <param name="HoldsAtOnce">A proposal holds its amount, so that none of it can leave or be taken twice.</param>
/// <param name="BindsReporter">The reporter is inside of what is signed.</param>
public sealed record CourtRules(
    SlashSchedule Schedule, long UnbondingSeconds, long ReportSeconds, long AppealSeconds, bool RefusesRepeats = true, bool HoldsAtOnce = true, bool BindsReporter = true)
{
    public static CourtRules Standard { get; } = new(SlashSchedule.Standard with { SlashPpmPerHour = 900_000 }, UnbondingSeconds: 2_000, ReportSeconds: 900, AppealSeconds: 600);
}

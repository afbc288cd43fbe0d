namespace Grid.Chain.Ethereum.Contracts;

/// <summary>How long the contracts wait, fixed when they are deployed. All in seconds: <c>docs/protocol</c>.</summary>
/// <param name="DisputeSeconds">A posted root may be challenged this long, and each challenge answered.</param>
/// <param name="SilenceSeconds">An operator without a root for longer may be given up.</param>
/// <param name="ExitSeconds">A payer's exit; at least silence + 2 × dispute.</param>
/// <param name="ActivationSeconds">Until an operator's bond becomes weight.</param>
/// <param name="UnbondingSeconds">Until stake or a bond may leave; at least commit + report and report + appeal.</param>
/// <param name="CommitSeconds">After an era's end its root is taken this long.</param>
/// <param name="ReportSeconds">Faults and equivocations are taken this long.</param>
/// <param name="AppealSeconds">A case may be appealed this long.</param>
/// <param name="FinalitySeconds">Rewards of an era are paid this long after its commit.</param>
public sealed record ChainWindows(
    long DisputeSeconds,
    long SilenceSeconds,
    long ExitSeconds,
    long ActivationSeconds,
    long UnbondingSeconds,
    long CommitSeconds,
    long ReportSeconds,
    long AppealSeconds,
    long FinalitySeconds)
{
    /// <returns>Null where the contracts would take them; else what is wrong.</returns>
    public string? Fault()
    {
        if (Math.Min(DisputeSeconds, Math.Min(CommitSeconds, AppealSeconds)) < 1
            || Math.Min(ReportSeconds, Math.Min(ActivationSeconds, FinalitySeconds)) < 0)
            return "the dispute, commit and appeal windows last at least 1 s, and none is negative";
        if (SilenceSeconds < DisputeSeconds)
            return $"silenceSeconds is {SilenceSeconds}; expected at least disputeSeconds, {DisputeSeconds}";
        var exit = SilenceSeconds + 2 * DisputeSeconds;
        if (ExitSeconds < exit) return $"exitSeconds is {ExitSeconds}; expected at least silenceSeconds + 2 × disputeSeconds, {exit}";
        var unbonding = ReportSeconds + Math.Max(CommitSeconds, AppealSeconds);
        return UnbondingSeconds < unbonding
            ? $"unbondingSeconds is {UnbondingSeconds}; expected at least {unbonding}: "
                + "reportSeconds + the longer of commitSeconds and appealSeconds"
            : null;
    }
}

namespace Grid.Settlements;

/// <summary>How often an operator settles.</summary>
/// <param name="Every">Between two roots, where there is something to settle and no payer is leaving. Each costs gas, and finality comes
/// a dispute window later.</param>
public sealed record SettlementSchedule(TimeSpan Every)
{
    public static SettlementSchedule Default { get; } = new(TimeSpan.FromHours(6));

    public long EverySeconds => Math.Max(1, (long)Every.TotalSeconds);

    public long RetrySeconds => Math.Max(1, EverySeconds / Limits.RetriesPerInterval);
}

namespace Grid.Settlements;

public sealed record SettlementPageState
{
    public SettlementPart? Part { get; init; }
}

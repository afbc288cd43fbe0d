namespace Grid.Settlements;

/// <summary>What is due in the life of an operator's roots.</summary>
public abstract record SettlementStep
{
    private SettlementStep()
    {
    }

    public sealed record Wait : SettlementStep;

    /// <summary>Collect the next batch.</summary>
    public sealed record Collect : SettlementStep;

    public sealed record Post(OpenSettlement Open) : SettlementStep;

    /// <summary>It stands open in the escrow: answer whoever challenged it.</summary>
    public sealed record Defend(OpenSettlement Open, ulong Posting) : SettlementStep;

    public sealed record FinalizeRoot(OpenSettlement Open, ulong Posting) : SettlementStep;

    /// <summary>It is final, for good.</summary>
    public sealed record BecomeFinal(OpenSettlement Open) : SettlementStep;

    /// <summary>It is void, for good: its charges go into the next one.</summary>
    public sealed record BecomeVoid(OpenSettlement Open) : SettlementStep;

    /// <summary>People must look.</summary>
    public sealed record Alarm(string Fault) : SettlementStep;
}

using System.CommandLine;

namespace Grid.CommandLine.LocalGrids;

/// <summary>What <c>grid up</c> and <c>grid demo</c> can both be told of their grid.</summary>
internal static class LocalGridArguments
{
    private const string OnChain = "chain";
    private const string OwnLedger = "local";

    public static readonly Option<int?> Operators = MakeOperators();

    public static readonly Option<string> Ledger = MakeLedger();

    public static readonly Option<bool> AllowUnisolated = new("--allow-unisolated")
    {
        Description = "Run workloads without a sandbox where none can be had (no bubblewrap, no user namespaces).",
    };

    public static LocalGridOptions Of(ParseResult asked)
    {
        var hasChain = asked.GetValue(Ledger) == OnChain;
        return new LocalGridOptions
        {
            HasChain = hasChain,
            Operators = asked.GetValue(Operators) ?? (hasChain ? Limits.OperatorsWithChain : Limits.OperatorsWithoutChain),
            AllowUnisolated = asked.GetValue(AllowUnisolated),
        };
    }

    private static Option<int?> MakeOperators()
    {
        var option = new Option<int?>("--operators")
        {
            Description = $"How many operators, each with a silo of its own; every node sells through all. {Limits.OperatorsWithChain} with a "
                + $"chain, {Limits.OperatorsWithoutChain} without.",
            HelpName = "N",
        };
        option.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > Limits.MaxLocalOperators)
                result.AddError($"--operators: expected 1 to {Limits.MaxLocalOperators}.");
        });
        return option;
    }

    private static Option<string> MakeLedger()
    {
        var option = new Option<string>("--ledger")
        {
            Description = "Where deposits and stake lie: chain (a real EVM node on this machine, with the grid's contracts) or local (each "
                + "operator's own ledger).",
            HelpName = "KIND",
            DefaultValueFactory = static _ => OnChain,
        };
        option.AcceptOnlyFromAmong(OnChain, OwnLedger);
        return option;
    }
}

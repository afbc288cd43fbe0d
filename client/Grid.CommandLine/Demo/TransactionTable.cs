using Grid.CommandLine.Output;

namespace Grid.CommandLine.Demo;

/// <summary>What every transaction cost, for people: those of one name together.</summary>
internal static class TransactionTable
{
    public static void Show(DemoChain chain, CommandOutput output)
    {
        output.Line();
        var gas = chain.Transactions.Aggregate(0UL, static (sum, one) => sum + one.Gas);
        output.Line($"── {chain.Transactions.Count} transactions, {gas} gas");
        var table = Tables.Of("transaction", "times#", "gas each#", "first");
        foreach (var alike in chain.Transactions.GroupBy(static one => one.Name))
        {
            var (least, most) = (alike.Min(static one => one.Gas), alike.Max(static one => one.Gas));
            table.Row(alike.Key, $"{alike.Count()}", least == most ? $"{least}" : $"{least} to {most}", Words.Short(alike.First().Hash));
        }

        output.Console.Write(table);
    }
}

using System.CommandLine;
using System.Text.Json;

namespace Grid.Bench.Gas;

/// <summary><c>grid bench gas</c>.</summary>
internal static class GasBenchCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print JSON alone on standard output" };
        var command = new Command(
            "gas", "What the grid's transactions cost on an EVM chain, measured on anvil with real signatures and trees.") { json };
        command.SetAction(async (parsed, stop) =>
        {
            var result = await GasBench.RunAsync(stop);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(result, GasBenchJson.Default.GasBenchResult));
            else
                Print(result);
            return 0;
        });
        return command;
    }

    private static void Print(GasBenchResult result)
    {
        Console.Out.WriteLine($"era's commit          {result.EraCommit,9:N0}  {result.Signatures} signatures, {result.Leaves:N0} leaves");
        Console.Out.WriteLine(
            $"leaf at depth 17      {result.LeafVerify17,9:N0}  of execution; {result.LeafVerify17Transaction:N0} as a transaction");
        Console.Out.WriteLine(
            $"settlement root       {result.SettlementRoot,9:N0}  {result.Leases:N0} leases: {result.SettlePerLease:F1} each");
        Console.Out.WriteLine($"making it final       {result.FinalizeRoot,9:N0}");
        Console.Out.WriteLine($"claim, repeated       {result.Claim,9:N0}  depth 10; the first {result.ClaimFirst:N0}");
        Console.Out.WriteLine($"deposit, repeated     {result.Deposit,9:N0}  the first {result.DepositFirst:N0}");
        Console.Out.WriteLine($"withdrawal            {result.Withdraw,9:N0}");
        Console.Out.WriteLine($"bare transaction      {result.Reference.Bare,9:N0}");
        Console.Out.WriteLine($"ERC-20 transfer       {result.Reference.TokenTransfer,9:N0}  repeated");
    }
}

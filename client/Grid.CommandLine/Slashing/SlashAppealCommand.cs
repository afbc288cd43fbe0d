using System.CommandLine;
using System.Text.Json;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Slashing;

/// <summary><c>grid slash appeal CASE --seen FILE</c>: the contract itself dismisses a case when operators had signed that they saw the node.</summary>
internal static class SlashAppealCommand
{
    private static readonly Option<string> SeenFile = new("--seen")
    {
        Description = "The receipts that operators gave the node: a JSON array of {\"value\":{\"provider\",\"atUnixSeconds\"},\"signature\"}.",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("appeal", "Appeal a downtime case with the node's own receipts; anybody may send it. Example: grid slash appeal 0x12ab… --seen seen.json")
        {
            CaseArgument.Case,
            SeenFile,
        }.WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var wallet = await ChainWallet.OpenAsync(asked, cancellation);
        var (chain, id) = (wallet.Chain, asked.CaseOf());
        var known = await chain.FindCaseAsync(id, cancellation);
        if (known.State != "proposed") throw new GridException(GridErrorKind.Refused, $"Case {id} is {known.State}: only what is proposed can be appealed.");
        var receipts = Read(asked.GetRequiredValue(SeenFile));
        var chosen = await ChooseAsync(chain, known, receipts, cancellation);
        await chain.SendAsync("appeal", chain.Grid.SlashingCourt.Appeal(id, chosen), cancellation);
        var answer = await chain.FindCaseAsync(id, cancellation);
        output.Answer(answer, OnChainJson.Default.CaseAnswer, shown => shown.Show(output, $"Appealed with the receipts of {chosen.Count} operators."));
        return Guard.Ok;
    }

    private static async Task<IReadOnlyList<SeenReceipt>> ChooseAsync(OpenChain chain, CaseAnswer known, Signed<Seen>[] receipts, CancellationToken cancellation)
    {
        var registry = chain.Grid.OperatorRegistry;
        var fitting = AppealReceipts.Fitting(receipts, known.Provider, known.FromUnixSeconds, known.ToUnixSeconds, chain.Grid.Domain);
        var weighed = new List<(SeenReceipt Receipt, Money Weight)>();
        foreach (var receipt in fitting) weighed.Add((receipt, (await chain.ReadAsync(registry.OperatorOf(receipt.Operator), cancellation)).Weight));
        var total = await chain.ReadAsync(registry.TotalWeight(), cancellation);
        return AppealReceipts.Enough(weighed, total) ?? throw new GridException(
            GridErrorKind.InvalidInput,
            $"--seen: of {receipts.Length} receipts, {fitting.Count} are of different operators within the interval, and their weight is not more than a third: the court would refuse them.");
    }

    private static Signed<Seen>[] Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > OnChain.Limits.MaxReceiptsFileBytes) throw new GridException(GridErrorKind.InvalidInput, $"--seen: '{path}' is larger than {OnChain.Limits.MaxReceiptsFileBytes} bytes.");
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), OnChainJson.Default.SignedSeenArray) ?? [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"--seen: '{path}' cannot be read: {e.Message}", e);
        }
    }
}

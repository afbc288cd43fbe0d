using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Wallets;

/// <summary><c>grid wallet balance</c>.</summary>
internal static class WalletBalanceCommand
{
    public static Command Create()
    {
        var command = new Command("balance", "Show what you have with your operators. Example: grid wallet balance --json").WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var payer = open.Wallet!.Address;
        var symbol = "";
        var answers = await open.All.AskAllAsync(
            async (client, stop) =>
            {
                symbol = (await client.GetOperatorAsync(stop)).TokenSymbol;
                return await client.GetAccountAsync(payer, stop);
            },
            cancellation);
        if (answers.All(static answer => answer.Away is not null)) throw answers[0].Away!;
        foreach (var away in answers.Where(static answer => answer.Away is not null))
            output.Note($"{away.Client.Url} is away; what you have there is not shown");
        output.Answer(BalanceAnswer.Of(payer, answers), WalletJson.Default.BalanceAnswer, balance => Show(balance, symbol, output));
        return Guard.Ok;
    }

    private static void Show(BalanceAnswer balance, string symbol, CommandOutput output)
    {
        var accounts = balance.Operators.Where(static one => one.Account is not null).ToArray();
        foreach (var one in accounts)
        {
            if (balance.Operators.Count > 1) output.Line($"{one.Url}");
            AccountText.Show(one.Account!, symbol, output);
        }

        if (accounts.Length > 1) output.Line($"{Words.Amount(balance.Available, symbol)} are available in all");
    }
}

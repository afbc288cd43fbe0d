using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Wallets;

/// <summary><c>grid wallet balance</c>.</summary>
internal static class WalletBalanceCommand
{
    public static Command Create()
    {
        var command = new Command("balance", "Show what you have with this operator. Example: grid wallet balance --json").WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.WithWalletAsync(asked, cancellation);
        var account = await open.Client.GetAccountAsync(open.Wallet!.Address, cancellation);
        output.Answer(account, GridJsonContext.Default.AccountStatus, status => AccountText.Show(status, open.Operator.TokenSymbol, output));
        return Guard.Ok;
    }
}

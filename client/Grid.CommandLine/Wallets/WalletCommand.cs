using System.CommandLine;
using Grid.CommandLine.Watching;

namespace Grid.CommandLine.Wallets;

/// <summary><c>grid wallet</c>.</summary>
internal static class WalletCommand
{
    public static Command Create() => new("wallet", "Your key and your money.")
    {
        WalletNewCommand.Create(),
        WalletShowCommand.Create(),
        WalletBalanceCommand.Create(),
        WalletFundCommand.Create(),
        WalletDepositCommand.Create(),
        WalletWithdrawCommand.Create(),
        WalletExitCommand.Create(),
        WalletWatchCommand.Create(),
        WalletLeavesCommand.Create(),
    };
}

using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Wallets;

internal static class AccountText
{
    public static void Show(AccountStatus account, string token, CommandOutput output)
    {
        output.Line($"{account.Payer}");
        output.Line($"  available {Words.Amount(account.Available, token)}");
        output.Line($"  held      {Words.Amount(account.Held, token)}");
        output.Line($"  charged   {Words.Amount(account.Charged, token)}");
        output.Line($"  deposited {Words.Amount(account.Deposited, token)}");
    }
}

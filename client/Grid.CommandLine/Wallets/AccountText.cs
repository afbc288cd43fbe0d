using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Wallets;

internal static class AccountText
{
    public static void Show(AccountStatus account, string token, CommandOutput output)
    {
        output.Line($"{account.Payer}");
        output.Line($"  available {Words.Amount(account.Available, token)}");
        output.Line($"  held      {Words.Amount(account.Held, token)}");
        if (account.Reserved > Money.Zero)
            output.Line($"  reserved  {Words.Amount(account.Reserved, token)}, for a withdrawal that is signed");
        output.Line($"  charged   {Words.Amount(account.Charged, token)}");
        output.Line($"  deposited {Words.Amount(account.Deposited, token)}");
        if (account.Exit is { } exit)
            output.Line(
                $"  leaving   {Words.Amount(exit.AtMost, token)} at most, from {Words.Time(exit.ReadyAtUnixSeconds * 1000)} on: grid wallet exit");
    }
}

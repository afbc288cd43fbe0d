using System.CommandLine;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Wallets;

/// <summary>
/// <c>grid wallet withdraw AMOUNT</c>: deposit that nothing needs, out of the escrow at once, with the operator's signature.
/// </summary>
internal static class WalletWithdrawCommand
{
    private static readonly Argument<string> Amount = AmountArgument.Create("Tokens, with up to six decimals; at most what is available.");

    public static Command Create()
    {
        var command = new Command("withdraw", "Take deposit that nothing needs out of the escrow. Example: grid wallet withdraw 5") { Amount }.WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var amount = asked.AmountOf(Amount);
        using var parties = await EscrowParties.OpenAsync(asked, vanished: null, cancellation);
        var escrow = parties.Chain.Grid.Escrow;
        var signed = await parties.Client!.WithdrawAsync(parties.Self, amount, cancellation);
        var (final, open) = await Places.OfAsync(parties, cancellation);
        await parties.Chain.SendAsync("withdraw", escrow.Withdraw(signed.Withdrawal, final, open), cancellation);
        output.Answer(
            new ChainAnswer("withdraw", parties.Operator, parties.Self, amount, null, parties.Chain.Sent),
            OnChainJson.Default.ChainAnswer,
            answer => answer.Show(output, $"{amount} withdrawn."));
        return Guard.Ok;
    }
}

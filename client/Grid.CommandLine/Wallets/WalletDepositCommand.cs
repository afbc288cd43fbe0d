using System.CommandLine;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Wallets;

/// <summary>
/// <c>grid wallet deposit AMOUNT</c>: tokens of this wallet into the escrow, for leases with this operator. They count once they are
/// final.
/// </summary>
internal static class WalletDepositCommand
{
    private static readonly Argument<string> Amount = AmountArgument.Create("Tokens, with up to six decimals.");

    public static Command Create()
    {
        var command = new Command("deposit", "Put tokens into the escrow. Example: grid wallet deposit 25 --chain chain.json --chain-rpc http://127.0.0.1:8545") { Amount }
            .WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var amount = asked.AmountOf(Amount);
        using var parties = await EscrowParties.OpenAsync(asked, vanished: null, cancellation);
        var (chain, escrow) = (parties.Chain, parties.Chain.Grid.Escrow);
        await chain.ApproveAsync(parties.Self, escrow.Address, amount, cancellation);
        await chain.SendAsync("deposit", escrow.Deposit(parties.Operator, parties.Self, amount), cancellation);
        output.Answer(
            new ChainAnswer("deposit", parties.Operator, parties.Self, amount, null, chain.Sent),
            OnChainJson.Default.ChainAnswer,
            answer => answer.Show(output, $"{amount} deposited with {parties.Operator}; leases can use it once the chain is final past it."));
        return Guard.Ok;
    }
}

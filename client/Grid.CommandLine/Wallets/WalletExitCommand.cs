using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Wallets;

/// <summary>
/// <c>grid wallet exit</c>: out of an operator's escrow without anybody's leave. It asks for the exit, and when that is due, completes
/// it.
/// </summary>
internal static class WalletExitCommand
{
    private static readonly Option<string?> From = new("--from") { Description = "The operator's address, where it may have vanished.", HelpName = "ADDRESS" };

    public static Command Create()
    {
        var command = new Command("exit", "Leave an operator with all that it has not charged; it needs nobody's leave, only time. Example: grid wallet exit") { From }
            .WithConnection().WithChain();
        From.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Address.TryParse(token.Value, out _))
                result.AddError($"--from: '{token.Value}' is no address; expected 0x and 40 hexadecimal digits with a right checksum.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var vanished = asked.GetValue(From) is { } text ? Address.Parse(text) : (Address?)null;
        using var parties = await EscrowParties.OpenAsync(asked, vanished, cancellation);
        var chain = parties.Chain;
        var account = await chain.ReadAsync(chain.Grid.Escrow.AccountOf(parties.Operator, parties.Self), cancellation);
        if (account.ExitReadyAtUnixSeconds == 0) return await RequestAsync(parties, output, cancellation);
        return await chain.NowAsync(cancellation) < account.ExitReadyAtUnixSeconds
            ? Tell(parties, output, "exit waits", Money.Zero, account.ExitReadyAtUnixSeconds)
            : await CompleteAsync(parties, account.Withdrawn, output, cancellation);
    }

    private static async Task<int> RequestAsync(EscrowParties parties, CommandOutput output, CancellationToken cancellation)
    {
        var (chain, escrow) = (parties.Chain, parties.Chain.Grid.Escrow);
        await chain.SendAsync("request exit", escrow.RequestExit(parties.Operator), cancellation);
        var account = await chain.ReadAsync(escrow.AccountOf(parties.Operator, parties.Self), cancellation);
        return Tell(parties, output, "exit requested", Money.Zero, account.ExitReadyAtUnixSeconds);
    }

    private static async Task<int> CompleteAsync(EscrowParties parties, Money withdrawnBefore, CommandOutput output, CancellationToken cancellation)
    {
        var (chain, escrow) = (parties.Chain, parties.Chain.Grid.Escrow);
        var (final, open) = await Places.OfAsync(parties, cancellation);
        await chain.SendAsync("complete exit", escrow.CompleteExit(parties.Operator, final, open), cancellation);
        var account = await chain.ReadAsync(escrow.AccountOf(parties.Operator, parties.Self), cancellation);
        return Tell(parties, output, "exit complete", account.Withdrawn - withdrawnBefore, null);
    }

    private static int Tell(EscrowParties parties, CommandOutput output, string did, Money amount, long? readyAtUnixSeconds)
    {
        var note = readyAtUnixSeconds is { } ready ? $"{did}; it can be completed from {Words.Time(ready * 1000)} on: grid wallet exit" : $"{did}: {amount} paid out.";
        output.Answer(
            new ChainAnswer(did, parties.Operator, parties.Self, amount, readyAtUnixSeconds, parties.Chain.Sent), OnChainJson.Default.ChainAnswer, answer => answer.Show(output, note));
        return Guard.Ok;
    }
}

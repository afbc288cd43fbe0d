using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Slashing;

/// <summary><c>grid slash collect</c>: what executed cases owe the wallet, as a tenant or a reporter.</summary>
internal static class SlashCollectCommand
{
    public static Command Create()
    {
        var command = new Command("collect", "Collect your compensations and rewards from the court. Example: grid slash collect").WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var wallet = await ChainWallet.OpenAsync(asked, cancellation);
        var (chain, court) = (wallet.Chain, wallet.Chain.Grid.SlashingCourt);
        var owed = await chain.ReadAsync(court.OwedTo(wallet.Self), cancellation);
        if (owed > Money.Zero) await chain.SendAsync("collect", court.Collect(wallet.Self), cancellation);
        output.Answer(
            new ChainAnswer("collect", Address.Zero, wallet.Self, owed, null, chain.Sent),
            OnChainJson.Default.ChainAnswer,
            answer => answer.Show(output, owed > Money.Zero ? $"{owed} collected." : "The court owes this wallet nothing."));
        return Guard.Ok;
    }
}

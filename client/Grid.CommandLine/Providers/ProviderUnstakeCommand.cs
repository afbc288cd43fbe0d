using System.CommandLine;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider unstake [AMOUNT]</c>: with an amount the way out begins; without one, what has waited long enough is paid to the owner.</summary>
internal static class ProviderUnstakeCommand
{
    private static readonly Argument<string> Amount = Optional();

    public static Command Create()
    {
        var command = new Command("unstake", "Take stake out: ask with an amount, fetch without one when the delay is over. Example: grid provider unstake 50") { Amount }
            .WithConnection().WithChain().WithProvider();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var wallet = await ChainWallet.OpenAsync(asked, cancellation);
        var provider = asked.ProviderNamed() ?? new ProviderId(wallet.Self);
        var note = asked.GetResult(Amount) is { Tokens.Count: > 0 }
            ? await RequestAsync(wallet.Chain, provider, asked.AmountOf(Amount), cancellation)
            : await WithdrawAsync(wallet.Chain, provider, cancellation);
        await StakeAnswer.AnswerAsync("unstake", wallet.Chain, provider, output, note, cancellation);
        return Guard.Ok;
    }

    private static async Task<string> RequestAsync(OpenChain chain, ProviderId provider, Money amount, CancellationToken cancellation)
    {
        await chain.SendAsync("request unstake", chain.Grid.ProviderRegistry.RequestUnstake(provider, amount), cancellation);
        return $"{amount} leaves in {chain.Grid.Windows.UnbondingSeconds} s; until then it can be slashed. Fetch it then: grid provider unstake";
    }

    private static async Task<string> WithdrawAsync(OpenChain chain, ProviderId provider, CancellationToken cancellation)
    {
        var stake = await chain.ReadAsync(chain.Grid.ProviderRegistry.ProviderOf(provider), cancellation);
        if (stake.Unbonding == Money.Zero) return "Nothing is on its way out. Begin with: grid provider unstake AMOUNT";
        var wait = stake.ReadyAtUnixSeconds - await chain.NowAsync(cancellation);
        if (wait > 0) return $"{stake.Unbonding} can be fetched in {wait} s.";
        await chain.SendAsync("withdraw stake", chain.Grid.ProviderRegistry.Withdraw(provider), cancellation);
        return "Paid to the owner, but for what open cases hold.";
    }

    private static Argument<string> Optional()
    {
        var argument = AmountArgument.Create("Tokens to take out; without it, what is ready is fetched.");
        argument.Arity = ArgumentArity.ZeroOrOne;
        return argument;
    }
}

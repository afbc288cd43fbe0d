using System.CommandLine;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider stake AMOUNT</c>: anybody may add; only the owner takes it out again.</summary>
internal static class ProviderStakeCommand
{
    private static readonly Argument<string> Amount = AmountArgument.Create("Tokens, with up to six decimals.");

    public static Command Create()
    {
        var command = new Command("stake", "Put tokens behind a provider. Example: grid provider stake 100 --wallet node.json") { Amount }.WithConnection().WithChain().WithProvider();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var amount = asked.AmountOf(Amount);
        using var wallet = await ChainWallet.OpenAsync(asked, cancellation);
        var (chain, registry) = (wallet.Chain, wallet.Chain.Grid.ProviderRegistry);
        var provider = asked.ProviderNamed() ?? new ProviderId(wallet.Self);
        await chain.ApproveAsync(wallet.Self, registry.Address, amount, cancellation);
        await chain.SendAsync("stake", registry.Stake(provider, amount), cancellation);
        await StakeAnswer.AnswerAsync("stake", chain, provider, output, $"{amount} staked.", cancellation);
        return Guard.Ok;
    }
}

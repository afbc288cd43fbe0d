using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider register</c>: the wallet's key, a node's, becomes a provider on the chain. Its owner cannot be changed later.</summary>
internal static class ProviderRegisterCommand
{
    private static readonly Option<string?> OwnerWallet = new("--owner-wallet")
    {
        Description = "Keystore of another key that owns the stake and consents to it now; by default the node owns itself.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> OwnerPassphrase = new("--owner-passphrase-file") { Description = "A file with the owner's passphrase; else it is asked for.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("register", "Register a node's key as a provider on the chain. Example: grid provider register --wallet node.json") { OwnerWallet, OwnerPassphrase }
            .WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var wallet = await ChainWallet.OpenAsync(asked, cancellation);
        var (chain, registry, provider) = (wallet.Chain, wallet.Chain.Grid.ProviderRegistry, new ProviderId(wallet.Self));
        var known = await chain.ReadAsync(registry.ProviderOf(provider), cancellation);
        if (!known.IsRegistered) await chain.SendAsync("register", await CallAsync(asked, chain, provider, cancellation), cancellation);
        await StakeAnswer.AnswerAsync("register", chain, provider, output, known.IsRegistered ? "It is registered already." : "Registered.", cancellation);
        return Guard.Ok;
    }

    private static async Task<ContractCall> CallAsync(ParseResult asked, OpenChain chain, ProviderId provider, CancellationToken cancellation)
    {
        if (asked.GetValue(OwnerWallet) is not { } file) return chain.Grid.ProviderRegistry.RegisterSelf(provider);
        if (!File.Exists(file)) throw new GridException(GridErrorKind.InvalidInput, $"There is no keystore '{file}': name the owner's with --owner-wallet.");
        var passphrase = asked.GetValue(OwnerPassphrase) is { } named ? PassphraseSource.FromFile(named) : PassphraseSource.FromPrompt("Passphrase of the owner's keystore");
        using var owner = await Keystore.LoadAsync(file, passphrase, cancellation);
        var expiry = await chain.NowAsync(cancellation) + OnChain.Limits.ConsentSeconds;
        return chain.Grid.ProviderRegistry.Register(new OwnerConsent(owner.Address, provider, expiry).Sign(owner, chain.Grid.Domain));
    }
}

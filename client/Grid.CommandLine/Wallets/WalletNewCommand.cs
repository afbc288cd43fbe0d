using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Wallets;

/// <summary><c>grid wallet new</c>: a fresh key under a passphrase.</summary>
internal static class WalletNewCommand
{
    private static readonly Option<bool> Light = new("--light") { Description = "Cheap to open, cheap to guess: for tests and demonstrations only." };

    public static Command Create()
    {
        var command = new Command("new", "Make a wallet. Examples: grid wallet new · grid wallet new --wallet lab.json --passphrase-file lab.pass") { CommonOptions.Wallet, CommonOptions.PassphraseFile, Light, CommonOptions.Json };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var home = GridHome.Current;
        var path = Path.GetFullPath(asked.GetValue(CommonOptions.Wallet) ?? home.WalletFile);
        if (File.Exists(path)) throw new KeystoreException($"'{path}' exists and is not replaced: it may be the only copy of a key. Name another one: --wallet FILE");
        var passphrase = asked.GetValue(CommonOptions.PassphraseFile) is { } file ? PassphraseSource.FromFile(file) : PassphraseSource.FromPrompt("New passphrase", repeat: true);
        using var key = PrivateKey.Generate();
        await Keystore.SaveAsync(path, key, await passphrase.ReadAsync(cancellation), asked.GetValue(Light) ? KeystoreCost.Light : KeystoreCost.Standard, cancellation);
        output.Answer(new WalletAnswer(key.Address, path), WalletJson.Default.WalletAnswer, wallet =>
        {
            output.Line($"{wallet.Address}");
            output.Line($"Keep '{wallet.Path}' and its passphrase: nobody else has them.");
        });
        return Guard.Ok;
    }
}

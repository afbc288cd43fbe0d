using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;

namespace Grid.CommandLine.Home;

/// <summary>Which operator and wallet a command means: its options, then the environment, then a running <c>grid up</c>, then <c>config.json</c>.</summary>
internal sealed record Context(GridHome Home, Settings Settings)
{
    public static Context Of(ParseResult asked)
    {
        var home = GridHome.Current;
        var options = new Settings
        {
            Url = asked.GetValue(CommonOptions.Url),
            Operator = asked.GetValue(CommonOptions.Operator),
            Wallet = asked.GetValue(CommonOptions.Wallet),
            PassphraseFile = asked.GetValue(CommonOptions.PassphraseFile),
        };
        var environment = new Settings { Url = Environment.GetEnvironmentVariable("GRID_URL") is { Length: > 0 } url ? url : null };
        var named = options.Or(environment);
        // The local grid's wallet is for the local grid: whoever names another operator means his own.
        var running = RunningGrid.Find(home)?.Settings is { } local && (named.Url is null || named.Url == local.Url) ? local : new Settings();
        return new Context(home, named.Or(running).Or(Settings.Read(home.SettingsFile)).Or(DefaultsOf(home)));
    }

    public Uri Url => Settings.Url is not { } text
        ? throw new GridException(GridErrorKind.InvalidInput, $"No operator is known. Start a local grid (`grid up`), or name one: --url, $GRID_URL, or \"url\" in '{Home.SettingsFile}'.")
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && (url.Scheme == "https" || url.IsLoopback)
            ? url
            : throw new GridException(GridErrorKind.InvalidInput, $"'{text}' is no operator's address; expected https://HOST (plain http only on this machine).");

    public string WalletFile => Settings.Wallet ?? Home.WalletFile;

    public async Task<Client.Wallet> OpenWalletAsync(CancellationToken cancellation) =>
        new(await OpenAsync(WalletFile, Settings.PassphraseFile, "Passphrase of the wallet", "Make one first: grid wallet new", cancellation));

    /// <summary>The operator's own key.</summary>
    public Task<PrivateKey> OpenOperatorKeyAsync(CancellationToken cancellation) => Settings.OperatorWallet is { } file
        ? OpenAsync(file, Settings.OperatorPassphraseFile, "Passphrase of the operator's keystore", "Name the operator's keystore with --operator-wallet", cancellation)
        : throw new GridException(GridErrorKind.InvalidInput, "Only the operator's key signs deposits of a grid without a chain. Name its keystore: --operator-wallet FILE");

    private static async Task<PrivateKey> OpenAsync(string file, string? passphraseFile, string question, string advice, CancellationToken cancellation)
    {
        if (!File.Exists(file)) throw new GridException(GridErrorKind.InvalidInput, $"There is no keystore '{file}'. {advice}");
        var passphrase = passphraseFile is null ? PassphraseSource.FromPrompt(question) : PassphraseSource.FromFile(passphraseFile);
        return await Keystore.LoadAsync(file, passphrase, cancellation);
    }

    private static Settings DefaultsOf(GridHome home) => new() { Wallet = home.WalletFile, PassphraseFile = File.Exists(home.PassphraseFile) ? home.PassphraseFile : null };
}

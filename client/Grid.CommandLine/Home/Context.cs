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
        var named = OptionsOf(asked).Or(EnvironmentSettings());
        // The local grid's wallet is for the local grid: whoever names another operator means his own.
        var running = RunningGrid.Find(home)?.Settings is { } local && named.IsWithin(local) ? local : new Settings();
        return new Context(home, named.Or(running).Or(Settings.Read(home.SettingsFile)).Or(DefaultsOf(home)));
    }

    /// <summary>In the order of preference; at least one.</summary>
    /// <exception cref="GridException">None is named, or one is no operator.</exception>
    public IReadOnlyList<OperatorName> Operators
    {
        get
        {
            if (Settings.Operators is { Count: > 0 } several) return [.. several.Select(OperatorName.Parse)];
            if (Settings.Url is not { } url)
                throw new GridException(
                    GridErrorKind.InvalidInput,
                    $"No operator is known. Start a local grid (`grid up`), or name one: --url, $GRID_URL, $GRID_OPERATORS, or \"url\" in '{Home.SettingsFile}'.");
            var name = OperatorName.Parse(url);
            return [Settings.Operator is { } identity ? name with { Identity = OperatorName.ParseIdentity(identity) } : name];
        }
    }

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

    private static Settings OptionsOf(ParseResult asked)
    {
        var given = asked.GetValue(CommonOptions.Operator) ?? [];
        string[] names = [.. given.Where(static text => !OperatorName.IsIdentity(text))];
        string[] identities = [.. given.Where(OperatorName.IsIdentity)];
        var url = asked.GetValue(CommonOptions.Url);
        if (identities.Length > 1 || (identities.Length > 0 && names.Length > 0) || (url is not null && names.Length > 0))
            throw new GridException(GridErrorKind.InvalidInput, "--operator: expected one identity (0x…) of the operator at --url, or the URLs of several operators; not both.");
        return new Settings
        {
            Url = url,
            Operator = identities.FirstOrDefault(),
            Operators = names.Length > 0 ? names : null,
            Wallet = asked.GetValue(CommonOptions.Wallet),
            PassphraseFile = asked.GetValue(CommonOptions.PassphraseFile),
        };
    }

    private static Settings EnvironmentSettings() => OperatorName.ListOf(Environment.GetEnvironmentVariable("GRID_OPERATORS")) is { } several
        ? new Settings { Operators = several }
        : new Settings { Url = Environment.GetEnvironmentVariable("GRID_URL") is { Length: > 0 } url ? url : null };

    private static Settings DefaultsOf(GridHome home) => new() { Wallet = home.WalletFile, PassphraseFile = File.Exists(home.PassphraseFile) ? home.PassphraseFile : null };
}

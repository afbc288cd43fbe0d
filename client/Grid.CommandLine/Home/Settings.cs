using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Client;

namespace Grid.CommandLine.Home;

/// <summary>Which operator and which wallet, as <c>config.json</c> or a running <c>grid up</c> says. Everything may be missing.</summary>
internal sealed record Settings
{
    public string? Url { get; init; }

    /// <summary>The operator's identity that must answer.</summary>
    public string? Operator { get; init; }

    /// <summary>Several operators, each as <c>URL</c> or <c>URL@0x…</c>, in the order of preference; <see cref="Url"/> is not asked then.</summary>
    public IReadOnlyList<string>? Operators { get; init; }

    private IEnumerable<string> Urls => (Operators ?? (Url is null ? [] : [Url])).Select(OperatorName.UrlIn);

    /// <summary>The tenant's keystore.</summary>
    public string? Wallet { get; init; }

    public string? PassphraseFile { get; init; }

    /// <summary>The operator's own keystore, on the machine that has it: it signs <c>grid wallet fund</c>.</summary>
    public string? OperatorWallet { get; init; }

    public string? OperatorPassphraseFile { get; init; }

    /// <summary>The grid's chain.json.</summary>
    public string? Chain { get; init; }

    public string? ChainRpc { get; init; }

    private bool NamesNobody => Url is null && Operators is null;

    /// <summary>Whether these settings name no operator but some of the others'.</summary>
    public bool IsWithin(Settings others) => Urls.All(others.Urls.Contains);

    /// <exception cref="GridException">The file is there but is no settings file.</exception>
    public static Settings Read(string path)
    {
        if (!File.Exists(path)) return new Settings();
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, SettingsJson.Default.Settings) ?? new Settings();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"The settings in '{path}' cannot be read: {e.Message} Mend or remove the file.", e);
        }
    }

    /// <summary>These settings, and the others where these say nothing.</summary>
    public Settings Or(Settings other) => new()
    {
        Url = NamesNobody ? other.Url : Url,
        Operators = NamesNobody && Operator is null ? other.Operators : Operators,
        // An identity belongs to the address it was noted for.
        Operator = Operator ?? (NamesNobody || (Operators is null && Url == other.Url) ? other.Operator : null),
        Wallet = Wallet ?? other.Wallet,
        PassphraseFile = PassphraseFile ?? (Wallet is null || Wallet == other.Wallet ? other.PassphraseFile : null),
        Chain = Chain ?? other.Chain,
        ChainRpc = ChainRpc ?? other.ChainRpc,
        OperatorWallet = OperatorWallet ?? other.OperatorWallet,
        OperatorPassphraseFile = OperatorPassphraseFile ?? (OperatorWallet is null || OperatorWallet == other.OperatorWallet ? other.OperatorPassphraseFile : null),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(Settings))]
[JsonSerializable(typeof(RunningGrid))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class SettingsJson : JsonSerializerContext;

using Grid.Chain.Crypto;
using Grid.Client;

namespace Grid.CommandLine.Home;

/// <summary>An operator as people name it: <c>URL</c>, or <c>URL@0x…</c> where that identity must answer.</summary>
internal sealed record OperatorName(Uri Url, Address? Identity)
{
    private static readonly char[] s_separators = [',', ' ', '\t', '\n'];

    /// <exception cref="GridException">It is none.</exception>
    public static OperatorName Parse(string text)
    {
        var (url, identity) = Split(text);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsSafe(address))
            throw new GridException(GridErrorKind.InvalidInput, $"'{url}' is no operator's address; expected https://HOST (plain http only on this machine).");
        return new OperatorName(address, identity is null ? null : ParseIdentity(identity));
    }

    /// <exception cref="GridException">It is none.</exception>
    public static Address ParseIdentity(string text) => Address.TryParse(text, out var identity)
        ? identity
        : throw new GridException(GridErrorKind.InvalidInput, $"'{text}' is no operator's identity; expected 0x and 40 hexadecimal digits.");

    /// <summary>As an environment variable holds several.</summary>
    public static IReadOnlyList<string>? ListOf(string? text) =>
        text?.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names ? names : null;

    public static bool IsIdentity(string text) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    /// <summary>The address alone, for comparison.</summary>
    public static string UrlIn(string text) => Split(text).Url.TrimEnd('/');

    public override string ToString() => Identity is { } identity ? $"{Url.GetLeftPart(UriPartial.Authority)}@{identity}" : Url.GetLeftPart(UriPartial.Authority);

    private static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    private static (string Url, string? Identity) Split(string text)
    {
        var at = text.LastIndexOf("@0x", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}

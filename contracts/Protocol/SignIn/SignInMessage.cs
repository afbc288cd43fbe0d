using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Protocol.SignIn;

/// <summary>What a wallet shows and signs to sign in (EIP-4361). The signature is over the text (EIP-191), so a parsed text is never rebuilt.</summary>
/// <param name="Domain">Host and port that asks, as the wallet sees it.</param>
/// <param name="Statement">One line for people, or null.</param>
/// <param name="Uri">What is signed in to.</param>
/// <param name="Nonce">From the server, used once.</param>
public sealed record SignInMessage(
    string Domain,
    Address Address,
    string? Statement,
    string Uri,
    long ChainId,
    string Nonce,
    DateTimeOffset IssuedAt,
    DateTimeOffset? ExpirationTime = null,
    DateTimeOffset? NotBefore = null,
    string? RequestId = null,
    ImmutableArray<string> Resources = default)
{
    public const string Version = "1";

    internal const string Preamble = " wants you to sign in with your Ethereum account:";

    /// <summary>The text to sign, lines ended by a line feed, none after the last.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(Domain).Append(Preamble).Append('\n').Append(Address).Append("\n\n");
        if (Statement is not null) text.Append(Statement).Append('\n');
        text.Append("\nURI: ").Append(Uri)
            .Append("\nVersion: " + Version)
            .Append(CultureInfo.InvariantCulture, $"\nChain ID: {ChainId}")
            .Append("\nNonce: ").Append(Nonce)
            .Append("\nIssued At: ").Append(Format(IssuedAt));
        if (ExpirationTime is { } expiration) text.Append("\nExpiration Time: ").Append(Format(expiration));
        if (NotBefore is { } notBefore) text.Append("\nNot Before: ").Append(Format(notBefore));
        if (RequestId is not null) text.Append("\nRequest ID: ").Append(RequestId);
        if (!Resources.IsDefault)
        {
            text.Append("\nResources:");
            foreach (var resource in Resources) text.Append("\n- ").Append(resource);
        }
        return text.ToString();
    }

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

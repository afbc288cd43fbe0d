using System.Diagnostics.CodeAnalysis;
using Grid.Chain.Crypto;

namespace Grid.Node.Link;

/// <summary>An operator that this node sells through.</summary>
/// <param name="Url">Of its HTTP API; the link is beside it.</param>
/// <param name="Address">Pinned: nobody else is spoken to.</param>
public sealed record OperatorEndpoint(Uri Url, Address Address)
{
    private bool IsPrivate => Url.Scheme == Uri.UriSchemeHttps || Url.IsLoopback;

    /// <summary>Takes <c>0x…=URL</c> and <c>URL@0x…</c>; plain http on this machine only.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out OperatorEndpoint? endpoint)
    {
        var (name, where) = Split(text);
        var isRead = Uri.TryCreate(where, UriKind.Absolute, out var url) & Address.TryParse(name, out var address);
        endpoint = isRead ? new OperatorEndpoint(url!, address) : null;
        if (endpoint is { IsPrivate: false }) endpoint = null;
        return endpoint is not null;
    }

    /// <exception cref="ArgumentException">Plain text beyond this machine.</exception>
    public Uri LinkUri()
    {
        if (!IsPrivate) throw new ArgumentException($"operator is {Url}: expected https, plain http is taken on this machine only.");
        return new UriBuilder(new Uri(Url, "/v1/link")) { Scheme = Url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
    }

    private static (string Address, string Url) Split(string text)
    {
        var (equals, at) = (text.IndexOf('=', StringComparison.Ordinal), text.LastIndexOf('@'));
        if (equals > 0 && text.StartsWith("0x", StringComparison.Ordinal)) return (text[..equals], text[(equals + 1)..]);
        return at < 0 ? ("", text) : (text[(at + 1)..], text[..at]);
    }
}

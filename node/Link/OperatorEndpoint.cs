using Grid.Chain.Crypto;

namespace Grid.Node.Link;

/// <summary>An operator that this node sells through.</summary>
/// <param name="Url">Of its HTTP API; the link is beside it.</param>
/// <param name="Address">Pinned: nobody else is spoken to.</param>
public sealed record OperatorEndpoint(Uri Url, Address Address)
{
    /// <exception cref="ArgumentException">Plain text beyond this machine.</exception>
    public Uri LinkUri()
    {
        if (Url.Scheme != Uri.UriSchemeHttps && !Url.IsLoopback)
            throw new ArgumentException($"operator is {Url}: expected https, plain http is taken on this machine only.");
        return new UriBuilder(new Uri(Url, "/v1/link")) { Scheme = Url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
    }
}

using System.Diagnostics.CodeAnalysis;
using Grid.Chain.Crypto;

namespace Grid.Silo.Operators;

/// <summary>Another operator of the set, as <c>ADDRESS=URL</c> names it.</summary>
public sealed record OperatorPeer(Address Operator, Uri Url)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out OperatorPeer? peer)
    {
        peer = null;
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !Address.TryParse(parts[0], null, out var address) || !Uri.TryCreate(parts[1], UriKind.Absolute, out var url)) return false;
        if (url.Scheme is not ("http" or "https")) return false;
        peer = new OperatorPeer(address, url);
        return true;
    }
}

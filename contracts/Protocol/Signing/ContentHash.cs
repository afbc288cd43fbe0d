using System.Security.Cryptography;
using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>SHA-256: the hash of content (manifests, terms, artifacts, sealed bytes). Ids and signatures use Keccak-256.</summary>
public static class ContentHash
{
    public static Hash256 Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        SHA256.HashData(content, hash);
        return new Hash256(hash);
    }

    public static Hash256 OfUtf8(string text) => Of(Encoding.UTF8.GetBytes(text));
}

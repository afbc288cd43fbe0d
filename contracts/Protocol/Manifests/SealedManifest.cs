using System.Text;
using System.Text.Json;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Manifests;

/// <summary>
/// A manifest as it is submitted, stored and sent to nodes: the model's JSON, with every secret replaced by the hash of its sealed bytes. Whoever has the
/// text can recompute the <c>manifestHash</c> that its tenant signed.
/// </summary>
public static class SealedManifest
{
    public static string Write(Manifest manifest, Func<SecretRef, Hash256> sealedHashOf) => Encoding.UTF8.GetString(
        JsonSerializer.SerializeToUtf8Bytes(manifest.WithSecrets(secret => sealedHashOf(secret).ToString()), ManifestJsonContext.Default.Manifest));

    /// <exception cref="JsonException">The text is not what <see cref="Write"/> writes.</exception>
    public static Manifest Read(string text) => ManifestJson.Deserialize(text);

    /// <summary>The authorization's <c>manifestHash</c>.</summary>
    /// <returns>Null where a secret is not the hash of its sealed bytes.</returns>
    public static Hash256? HashOf(Manifest manifest)
    {
        if (manifest.Secrets.Any(secret => !Hash256.TryParse(manifest.FindSecret(secret), out _))) return null;
        return ManifestHash.Of(manifest, secret => Hash256.Parse(manifest.FindSecret(secret)!));
    }
}

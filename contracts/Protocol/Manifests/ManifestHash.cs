using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Manifests;

/// <summary>What an authorization signs as <c>manifestHash</c>.</summary>
public static class ManifestHash
{
    /// <summary>SHA-256 of the canonical model, in which every secret is replaced by the SHA-256 of its sealed bytes.</summary>
    /// <param name="sealedHashOf">Called once for each of <see cref="Manifest.Secrets"/>.</param>
    public static Hash256 Of(Manifest manifest, Func<SecretRef, Hash256> sealedHashOf) =>
        new(SHA256.HashData(CanonicalManifest.Written(manifest, sealedHashOf).WrittenSpan));
}

using System.Security.Cryptography;

namespace Grid.Protocol.Sealing;

/// <summary>A P-256 key that opens what others sealed. Its private half never leaves through <see cref="ToString"/> or JSON.</summary>
public sealed class SealingKeyPair : IDisposable
{
    private readonly ECDiffieHellman _key;

    private SealingKeyPair(ECDiffieHellman key)
    {
        _key = key;
        PublicKey = SealingPublicKey.Of(key);
    }

    public SealingPublicKey PublicKey { get; }

    public static SealingKeyPair Generate() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pkcs8">As <see cref="ExportPkcs8"/> gave it.</param>
    /// <exception cref="CryptographicException">These bytes are no P-256 key.</exception>
    public static SealingKeyPair ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            if (key.ExportParameters(false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                throw new CryptographicException("A sealing key lies on the curve P-256; this one does not.");
            return new SealingKeyPair(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The private key, to be written where only its owner reads.</summary>
    public byte[] ExportPkcs8() => _key.ExportPkcs8PrivateKey();

    /// <summary>The x coordinate of the shared point.</summary>
    internal byte[] AgreeWith(SealingPublicKey other)
    {
        using var peer = other.Import();
        return _key.DeriveRawSecretAgreement(peer.PublicKey);
    }

    public void Dispose() => _key.Dispose();

    public override string ToString() => $"SealingKeyPair({PublicKey.Hash})";
}

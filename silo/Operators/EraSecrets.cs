using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol.Eras;

namespace Grid.Silo.Operators;

/// <summary>The eras' secrets under a key derived from the operator's.</summary>
internal sealed class EraSecrets : IEraSecrets
{
    private readonly Hash256 _master;

    public EraSecrets(PrivateKey identity)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.SizeBytes];
        Span<byte> master = stackalloc byte[Hash256.SizeBytes];
        identity.CopyTo(secret);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, master, salt: [], info: "grid era secrets v1"u8);
        CryptographicOperations.ZeroMemory(secret);
        _master = new Hash256(master);
    }

    public Hash256 EraSecret(ulong era) => EraBeacon.SecretOf(_master, era);

    public override string ToString() => "an operator's secrets of its eras";
}

using System.Security.Cryptography;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Matching;

namespace Grid.Silo.Hosting;

/// <summary>The secret ends of the matchmakers' hash chains: HMAC-SHA256 under a key derived from the operator's.</summary>
internal sealed class MatchmakerSecrets : IMatchmakerSecrets
{
    private readonly byte[] _key = GC.AllocateUninitializedArray<byte>(32, pinned: true);

    public MatchmakerSecrets(PrivateKey identity)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.SizeBytes];
        identity.CopyTo(secret);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _key, salt: [], info: "grid matchmaker chain v1"u8);
        CryptographicOperations.ZeroMemory(secret);
    }

    public Hash256 ChainSecret(string matchmaker, int generation) => new(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{generation}/{matchmaker}")));
}

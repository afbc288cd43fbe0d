using System.Security.Cryptography;

namespace Grid.Protocol.Sealing;

/// <summary>The content key of sealed bytes: HKDF-SHA256 over the shared point, salted with both public keys.</summary>
internal static class SealedKeys
{
    private const int KeyBytes = 32;

    public static byte[] Derive(byte[] sharedSecret, SealingPublicKey ephemeral, SealingPublicKey recipient, ReadOnlySpan<byte> info)
    {
        Span<byte> salt = stackalloc byte[2 * SealingPublicKey.SizeBytes];
        ephemeral.Bytes.CopyTo(salt);
        recipient.Bytes.CopyTo(salt[SealingPublicKey.SizeBytes..]);
        var key = new byte[KeyBytes];
        try
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, sharedSecret, key, salt, info);
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(sharedSecret);
        }
    }
}

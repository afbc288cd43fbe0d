using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;

namespace Grid.Silo.Hosting;

/// <summary>
/// The operator's sealing key at rest: <c>nonce (12) ‖ ciphertext ‖ tag (16)</c>, AES-256-GCM under a key derived from the identity key, so that the data
/// folder alone opens nothing that tenants sealed.
/// </summary>
internal static class SealingKeyFile
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <exception cref="CryptographicException">The file belongs to another operator's key, or was changed.</exception>
    public static SealingKeyPair LoadOrCreate(string path, PrivateKey identity)
    {
        if (File.Exists(path)) return Open(path, identity);
        var key = SealingKeyPair.Generate();
        Write(path, key, identity);
        return key;
    }

    private static SealingKeyPair Open(string path, PrivateKey identity)
    {
        var size = new FileInfo(path).Length;
        if (size is < NonceBytes + TagBytes or > Limits.MaxSealingKeyFileBytes) throw new CryptographicException($"'{path}' has {size} bytes: it is no sealing key.");
        var content = File.ReadAllBytes(path);
        var clear = new byte[content.Length - NonceBytes - TagBytes];
        using var aes = Cipher(identity);
        try
        {
            aes.Decrypt(content.AsSpan(0, NonceBytes), content.AsSpan(NonceBytes, clear.Length), content.AsSpan(^TagBytes..), clear);
            return SealingKeyPair.ImportPkcs8(clear);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new CryptographicException($"'{path}' was not written with the key of {identity.Address}: start with the key that this data folder belongs to.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    private static void Write(string path, SealingKeyPair key, PrivateKey identity)
    {
        var clear = key.ExportPkcs8();
        var content = new byte[NonceBytes + clear.Length + TagBytes];
        RandomNumberGenerator.Fill(content.AsSpan(0, NonceBytes));
        using var aes = Cipher(identity);
        aes.Encrypt(content.AsSpan(0, NonceBytes), clear, content.AsSpan(NonceBytes, clear.Length), content.AsSpan(^TagBytes..));
        CryptographicOperations.ZeroMemory(clear);
        DurableFile.Replace(path, content);
    }

    private static AesGcm Cipher(PrivateKey identity)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.SizeBytes], derived = stackalloc byte[32];
        identity.CopyTo(secret);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, salt: [], info: "grid silo sealing key v1"u8);
        var aes = new AesGcm(derived, TagBytes);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(derived);
        return aes;
    }
}

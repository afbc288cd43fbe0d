using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grid.Chain.Crypto.Keystores;

namespace Grid.Chain.Crypto;

/// <summary>Private keys under a passphrase, as Web3 Secret Storage version 3: the files of geth and of most wallets.</summary>
public static class Keystore
{
    private const int Version = 3;
    private const int SaltBytes = 32;

    /// <returns>The file's JSON: scrypt, AES-128-CTR.</returns>
    public static string Encrypt(PrivateKey key, string passphrase, KeystoreCost cost)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var iv = RandomNumberGenerator.GetBytes(KeystoreCipher.IvBytes);
        var parameters = new KdfParameters(KeyDerivation.KeyBytes, Convert.ToHexStringLower(salt), cost.N, cost.R, cost.P);
        Span<byte> derived = stackalloc byte[KeyDerivation.KeyBytes], secret = stackalloc byte[PrivateKey.SizeBytes];
        try
        {
            Derive(passphrase, KeyDerivation.Scrypt, parameters, derived);
            key.CopyTo(secret);
            var ciphertext = new byte[PrivateKey.SizeBytes];
            KeystoreCipher.Apply(derived, iv, secret, ciphertext);
            var crypto = new KeystoreCrypto(
                KeystoreCipher.Name,
                new CipherParameters(Convert.ToHexStringLower(iv)),
                Convert.ToHexStringLower(ciphertext),
                KeyDerivation.Scrypt,
                parameters,
                Convert.ToHexStringLower(KeystoreCipher.Mac(derived, ciphertext).ToByteArray()));
            var file = new KeystoreFile(Version, Guid.NewGuid().ToString(), Convert.ToHexStringLower(key.Address.ToByteArray()), crypto);
            return JsonSerializer.Serialize(file, KeystoreJson.Default.KeystoreFile);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <exception cref="KeystoreException">Not a keystore, parameters beyond <see cref="Limits"/>, or the wrong passphrase.</exception>
    public static PrivateKey Decrypt(string json, string passphrase)
    {
        var file = Read(json);
        var crypto = file.Crypto ?? throw new KeystoreException("crypto is missing: this is no Web3 Secret Storage file.");
        if (file.Version != Version) throw new KeystoreException($"version is {file.Version?.ToString() ?? "missing"}; expected {Version}.");
        if (crypto.Cipher != KeystoreCipher.Name)
            throw new KeystoreException($"crypto.cipher is {KeystoreHex.Quote(crypto.Cipher)}; expected \"{KeystoreCipher.Name}\".");
        var parameters = crypto.Kdfparams ?? throw new KeystoreException("crypto.kdfparams is missing.");
        var iv = KeystoreHex.Decode("crypto.cipherparams.iv", crypto.Cipherparams?.Iv, KeystoreCipher.IvBytes, KeystoreCipher.IvBytes);
        var ciphertext = KeystoreHex.Decode("crypto.ciphertext", crypto.Ciphertext, PrivateKey.SizeBytes, PrivateKey.SizeBytes);
        var mac = KeystoreHex.Decode("crypto.mac", crypto.Mac, Hash256.SizeBytes, Hash256.SizeBytes);

        Span<byte> derived = stackalloc byte[KeyDerivation.KeyBytes];
        try
        {
            Derive(passphrase, crypto.Kdf, parameters, derived);
            if (!CryptographicOperations.FixedTimeEquals(KeystoreCipher.Mac(derived, ciphertext).ToByteArray(), mac))
                throw new KeystoreException("The passphrase is wrong, or the keystore was altered: its MAC does not match.");
            return Open(derived, iv, ciphertext, file.Address);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>
    /// Writes a new file, readable by its owner alone, wholly or not at all, and on the disk before it returns.
    /// An existing file is never replaced: it may be the only copy of a key.
    /// </summary>
    /// <exception cref="KeystoreException">The file exists.</exception>
    public static Task SaveAsync(string path, PrivateKey key, string passphrase, KeystoreCost cost, CancellationToken cancellationToken = default) =>
        PrivateFile.CreateAsync(path, Encoding.UTF8.GetBytes(Encrypt(key, passphrase, cost)), cancellationToken);

    /// <exception cref="KeystoreException">No such file, not a keystore, or the wrong passphrase.</exception>
    public static async Task<PrivateKey> LoadAsync(string path, PassphraseSource passphrase, CancellationToken cancellationToken = default)
    {
        var json = await PrivateFile.ReadAsync(path, "keystore", Limits.MaxKeystoreBytes, cancellationToken);
        return Decrypt(PrivateFile.DecodeText(path, json), await passphrase.ReadAsync(cancellationToken));
    }

    private static KeystoreFile Read(string json)
    {
        if (json.Length > Limits.MaxKeystoreBytes) throw new KeystoreException($"A keystore has at most {Limits.MaxKeystoreBytes} characters, not {json.Length}.");
        try
        {
            return JsonSerializer.Deserialize(json, KeystoreJson.Default.KeystoreFile) ?? throw new KeystoreException("Expected a JSON object, found null.");
        }
        catch (JsonException e)
        {
            throw new KeystoreException($"This is no Web3 Secret Storage file: the JSON is wrong at {KeystoreHex.Quote(e.Path)}, line {e.LineNumber + 1}.", e);
        }
    }

    private static void Derive(string passphrase, string? kdf, KdfParameters parameters, Span<byte> derived)
    {
        if (Encoding.UTF8.GetByteCount(passphrase) > Limits.MaxPassphraseBytes)
            throw new KeystoreException($"A passphrase has at most {Limits.MaxPassphraseBytes} bytes.");
        var bytes = Encoding.UTF8.GetBytes(passphrase);
        try
        {
            KeyDerivation.Derive(bytes, kdf, parameters, derived);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static PrivateKey Open(ReadOnlySpan<byte> derived, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, string? address)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.SizeBytes];
        try
        {
            KeystoreCipher.Apply(derived, iv, ciphertext, secret);
            var key = PrivateKey.FromBytes(secret);
            if (IsAddressRight(address, key.Address)) return key;
            var found = key.Address;
            key.Dispose();
            throw new KeystoreException($"address is {KeystoreHex.Quote(address)}, but the key inside is that of {found}: the file was altered.");
        }
        catch (ArgumentException e)
        {
            throw new KeystoreException("The keystore holds no valid secp256k1 key.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    // The field is optional, and written with and without the prefix.
    private static bool IsAddressRight(string? claimed, Address actual) =>
        string.IsNullOrEmpty(claimed)
        || (Address.TryParse(claimed.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? claimed : "0x" + claimed, out var address) && address == actual);
}

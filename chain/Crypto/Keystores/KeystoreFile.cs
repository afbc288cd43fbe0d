using System.Text.Json.Serialization;

namespace Grid.Chain.Crypto.Keystores;

/// <summary>The JSON of a Web3 Secret Storage file, version 3. Everything may be missing: the file comes from anywhere.</summary>
internal sealed record KeystoreFile(int? Version, string? Id, string? Address, KeystoreCrypto? Crypto);

internal sealed record KeystoreCrypto(string? Cipher, CipherParameters? Cipherparams, string? Ciphertext, string? Kdf, KdfParameters? Kdfparams, string? Mac);

internal sealed record CipherParameters(string? Iv);

/// <summary>Of scrypt (n, r, p) or of pbkdf2 (c, prf).</summary>
internal sealed record KdfParameters(int? Dklen, string? Salt, int? N = null, int? R = null, int? P = null, int? C = null, string? Prf = null);

// Older programs write "Crypto"; hence the insensitivity.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = Limits.MaxKeystoreDepth,
    WriteIndented = true)]
[JsonSerializable(typeof(KeystoreFile))]
internal sealed partial class KeystoreJson : JsonSerializerContext;

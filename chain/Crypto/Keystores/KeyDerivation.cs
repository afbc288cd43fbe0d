using System.Numerics;
using System.Security.Cryptography;

namespace Grid.Chain.Crypto.Keystores;

/// <summary>From a passphrase to the 32 bytes that encrypt and authenticate a key. Parameters are bounded before any work is done.</summary>
internal static class KeyDerivation
{
    public const int KeyBytes = 32;
    public const string Scrypt = "scrypt";
    private const string Pbkdf2 = "pbkdf2";
    private const string Prf = "hmac-sha256";

    public static void Derive(ReadOnlySpan<byte> passphrase, string? kdf, KdfParameters parameters, Span<byte> key)
    {
        if (parameters.Dklen != KeyBytes) throw Refuse("dklen", parameters.Dklen, $"{KeyBytes}");
        var salt = KeystoreHex.Decode("crypto.kdfparams.salt", parameters.Salt, minBytes: 1, Limits.MaxSaltBytes);
        switch (kdf)
        {
            case Scrypt:
                var cost = CheckedCost(parameters);
                Keystores.Scrypt.Derive(passphrase, salt, cost.N, cost.R, cost.P, key);
                return;
            case Pbkdf2:
                Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, key, CheckedIterations(parameters), HashAlgorithmName.SHA256);
                return;
            default:
                throw new KeystoreException($"crypto.kdf is {KeystoreHex.Quote(kdf)}; expected \"scrypt\" or \"pbkdf2\".");
        }
    }

    private static KeystoreCost CheckedCost(KdfParameters parameters)
    {
        var n = parameters.N ?? 0;
        var r = parameters.R ?? 0;
        var p = parameters.P ?? 0;
        if (n < 2 || !BitOperations.IsPow2(n)) throw Refuse("n", parameters.N, "a power of two above 1");
        if (r is < 1 or > Limits.MaxScryptBlockSize) throw Refuse("r", parameters.R, $"1 to {Limits.MaxScryptBlockSize}");
        if (p is < 1 or > Limits.MaxScryptParallelism) throw Refuse("p", parameters.P, $"1 to {Limits.MaxScryptParallelism}");
        if (128L * n * r > Limits.MaxScryptMemoryBytes) throw Refuse("n", parameters.N, $"128 · n · r to be at most {Limits.MaxScryptMemoryBytes} bytes (r is {r})");
        if ((long)n * r * p > Limits.MaxScryptWork) throw Refuse("n", parameters.N, $"n · r · p to be at most {Limits.MaxScryptWork} (r is {r}, p is {p})");
        return new KeystoreCost(n, r, p);
    }

    private static int CheckedIterations(KdfParameters parameters)
    {
        if (parameters.Prf != Prf) throw new KeystoreException($"crypto.kdfparams.prf is {KeystoreHex.Quote(parameters.Prf)}; expected \"{Prf}\".");
        return parameters.C is >= 1 and <= Limits.MaxPbkdf2Iterations
            ? parameters.C.Value
            : throw Refuse("c", parameters.C, $"1 to {Limits.MaxPbkdf2Iterations}");
    }

    private static KeystoreException Refuse(string field, int? value, string expected) =>
        new($"crypto.kdfparams.{field} is {value?.ToString() ?? "missing"}; expected {expected}.");
}

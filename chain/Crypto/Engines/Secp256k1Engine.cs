namespace Grid.Chain.Crypto.Engines;

/// <summary>
/// One implementation of the curve's arithmetic. All engines give the same bits: RFC 6979 nonces (HMAC-SHA256), low s.
/// Callers have checked the ranges of what they pass.
/// </summary>
public abstract class Secp256k1Engine
{
    private static readonly Lazy<Secp256k1Engine> s_managed = new(() => new BouncyCastleEngine());
    private static readonly Lazy<Secp256k1Engine?> s_native = new(LibSecp256k1Engine.TryLoad);

    /// <summary>BouncyCastle: always there; not constant-time.</summary>
    public static Secp256k1Engine Managed => s_managed.Value;

    /// <summary>libsecp256k1 (constant-time, about five times as fast, blinded), or null where the system has none.</summary>
    public static Secp256k1Engine? Native => s_native.Value;

    /// <summary>The best that this machine has.</summary>
    public static Secp256k1Engine Current => Native ?? Managed;

    public abstract string Name { get; }

    /// <param name="privateKey">32 bytes in [1, n - 1].</param>
    /// <param name="publicKey">65 bytes: 0x04 ‖ x ‖ y.</param>
    public abstract void DerivePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey);

    /// <param name="privateKey">32 bytes in [1, n - 1].</param>
    public abstract Signature Sign(ReadOnlySpan<byte> privateKey, Hash256 digest);

    /// <param name="signature">Canonical: low s, r and s in range, v 27 or 28.</param>
    /// <param name="publicKey">65 bytes: 0x04 ‖ x ‖ y.</param>
    /// <returns>False where no key could have made this signature.</returns>
    public abstract bool TryRecover(Hash256 digest, Signature signature, Span<byte> publicKey);
}

namespace Grid.Chain.Crypto.Engines;

/// <summary>The order n of secp256k1's group (SEC 2, version 2, section 2.4.1).</summary>
internal static class CurveOrder
{
    public static readonly Hash256 N = Hash256.Parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    /// <summary>n / 2 rounded down: the largest s that Ethereum accepts (EIP-2), so that every message has one signature only.</summary>
    public static readonly Hash256 HalfN = Hash256.Parse("0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    /// <summary>In [1, n - 1].</summary>
    public static bool IsScalar(Hash256 value) => !value.IsZero && value < N;

    /// <summary>r and s in range, s low, v 27 or 28.</summary>
    public static bool IsCanonical(Signature signature) =>
        signature.V is 27 or 28 && IsScalar(signature.R) && !signature.S.IsZero && signature.S <= HalfN;
}

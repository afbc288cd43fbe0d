using Grid.Chain.Crypto.Engines;

namespace Grid.Chain.Crypto;

/// <summary>Who signed? Recovery of a signer's address, as Ethereum's ecrecover, with only one accepted form of each signature.</summary>
public static class Secp256k1
{
    /// <summary>The engine in use on this machine, for diagnostics.</summary>
    public static string EngineName => Secp256k1Engine.Current.Name;

    /// <returns>False for a high s, an r or s out of range, a v other than 27 and 28, or where no key made this signature.</returns>
    public static bool TryRecover(Hash256 digest, Signature signature, out Address signer)
    {
        signer = default;
        if (!CurveOrder.IsCanonical(signature)) return false;
        Span<byte> publicKey = stackalloc byte[65];
        if (!Secp256k1Engine.Current.TryRecover(digest, signature, publicKey)) return false;
        signer = ToAddress(publicKey);
        return true;
    }

    /// <returns>Whether <paramref name="expected"/> signed this digest.</returns>
    public static bool Verify(Address expected, Hash256 digest, Signature signature) =>
        TryRecover(digest, signature, out var signer) && signer == expected;

    /// <param name="publicKey">65 bytes: 0x04 ‖ x ‖ y.</param>
    internal static Address ToAddress(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        Keccak256.Hash(publicKey[1..]).CopyTo(hash);
        return new Address(hash[12..]);
    }
}

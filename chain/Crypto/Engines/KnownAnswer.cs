namespace Grid.Chain.Crypto.Engines;

/// <summary>
/// One signature that is known from elsewhere (key 1 over SHA-256 of "Satoshi Nakamoto", the usual RFC 6979 vector of secp256k1):
/// a library of the same name that answers otherwise is not used.
/// </summary>
internal static class KnownAnswer
{
    private static readonly Hash256 s_digest = Hash256.Parse("0xa0dc65ffca799873cbea0ac274015b9526505daaaed385155425f7337704883e");

    private static readonly Hash256 s_r = Hash256.Parse("0x934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8");
    private static readonly Hash256 s_s = Hash256.Parse("0x2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");

    public static bool Holds(Secp256k1Engine engine)
    {
        Span<byte> one = stackalloc byte[32], expected = stackalloc byte[65], recovered = stackalloc byte[65];
        one.Clear();
        one[31] = 1;
        var signature = engine.Sign(one, s_digest);
        if (signature.R != s_r || signature.S != s_s) return false;
        engine.DerivePublicKey(one, expected);
        return engine.TryRecover(s_digest, signature, recovered) && recovered.SequenceEqual(expected);
    }
}

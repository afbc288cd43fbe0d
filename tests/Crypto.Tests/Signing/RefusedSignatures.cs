using System.Globalization;
using System.Numerics;
using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Signing;

public sealed class RefusedSignatures
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    private static readonly Hash256 s_digest = Keccak256.Hash("a digest"u8);
    private static readonly Signature s_good = Sign();

    [Fact]
    public void The_mirrored_signature_with_a_high_s_is_refused()
    {
        var n = BigInteger.Parse("0" + Order, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var s = new BigInteger(s_good.S.ToByteArray(), isUnsigned: true, isBigEndian: true);
        var mirrored = new byte[32];
        var bytes = (n - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(mirrored, 32 - bytes.Length);

        Assert.True(Recovers(s_good));
        Assert.False(Recovers(new Signature(s_good.R, new Hash256(mirrored), (byte)(55 - s_good.V))));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Order)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void An_r_or_s_out_of_range_is_refused(string word)
    {
        Assert.False(Recovers(new Signature(Hash256.Parse("0x" + word), s_good.S, s_good.V)));
        Assert.False(Recovers(new Signature(s_good.R, Hash256.Parse("0x" + word), s_good.V)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(29)]
    [InlineData(37)]
    public void A_v_other_than_27_and_28_is_refused(byte v) => Assert.False(Recovers(new Signature(s_good.R, s_good.S, v)));

    /// <summary>x = 5 is on no point of the curve: 5³ + 7 is no square.</summary>
    [Fact]
    public void An_r_that_is_on_no_point_is_refused_by_every_engine()
    {
        var r = new byte[32];
        r[31] = 5;

        foreach (var engine in Engines.All) Assert.False(engine.TryRecover(s_digest, new Signature(new Hash256(r), s_good.S, 27), new byte[65]));
    }

    private static bool Recovers(Signature signature) => Secp256k1.TryRecover(s_digest, signature, out _);

    private static Signature Sign()
    {
        using var key = PrivateKey.Generate();
        return key.Sign(s_digest);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Chain.Crypto.Engines;

namespace Grid.Tests.Crypto.Signing;

public sealed class SignAndRecover
{
    private static readonly Gen<(byte[] Secret, Hash256 Digest)> s_cases =
        from secret in Arbitraries.Secrets
        from digest in Arbitraries.Digests
        select (secret, digest);

    [Fact]
    public void The_signer_is_recovered_and_verified() =>
        Prop.ForAll(s_cases.ToArbitrary(), c =>
        {
            using var key = PrivateKey.FromBytes(c.Secret);
            var signature = key.Sign(c.Digest);
            return Secp256k1.TryRecover(c.Digest, signature, out var signer) && signer == key.Address
                && Secp256k1.Verify(key.Address, c.Digest, signature);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_flipped_bit_of_the_signature_breaks_it() => Prop.ForAll(
        (from c in s_cases from bit in Gen.Choose(0, Signature.SizeBytes * 8 - 1) select (c.Secret, c.Digest, bit)).ToArbitrary(),
        c =>
        {
            using var key = PrivateKey.FromBytes(c.Secret);
            var bytes = key.Sign(c.Digest).ToByteArray();
            bytes[c.bit / 8] ^= (byte)(1 << (c.bit % 8));
            return !Secp256k1.Verify(key.Address, c.Digest, new Signature(bytes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_flipped_bit_of_the_digest_breaks_it() => Prop.ForAll(
        (from c in s_cases from bit in Gen.Choose(0, 255) select (c.Secret, c.Digest, bit)).ToArbitrary(),
        c =>
        {
            using var key = PrivateKey.FromBytes(c.Secret);
            var other = c.Digest.ToByteArray();
            other[c.bit / 8] ^= (byte)(1 << (c.bit % 8));
            return !Secp256k1.Verify(key.Address, new Hash256(other), key.Sign(c.Digest));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Both_engines_agree_bit_for_bit()
    {
        var native = Engines.NativeOrSkip();
        Prop.ForAll(s_cases.ToArbitrary(), c => Agree(Secp256k1Engine.Managed, native, c.Secret, c.Digest)).QuickCheckThrowOnFailure();
    }

    /// <summary>Where a digest is not below the curve's order, RFC 6979 reduces it first.</summary>
    [Theory]
    [InlineData("0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    public void Both_engines_agree_on_extreme_digests(string digest)
    {
        var secret = new byte[32];
        secret[31] = 7;

        Assert.True(Agree(Secp256k1Engine.Managed, Engines.NativeOrSkip(), secret, Hash256.Parse(digest)));
    }

    [Fact]
    public void Both_engines_recover_the_same_from_arbitrary_signatures()
    {
        var native = Engines.NativeOrSkip();
        var cases = from r in Arbitraries.Digests
                    from s in Arbitraries.Bytes(32)
                    from v in Gen.Elements<byte>(27, 28)
                    from digest in Arbitraries.Digests
                    select (new Signature(r, LowHalf(s), v), digest);

        Prop.ForAll(cases.ToArbitrary(), c => Recover(Secp256k1Engine.Managed, c.digest, c.Item1) == Recover(native, c.digest, c.Item1))
            .QuickCheckThrowOnFailure();
    }

    private static bool Agree(Secp256k1Engine one, Secp256k1Engine other, byte[] secret, Hash256 digest)
    {
        byte[] oneKey = new byte[65], otherKey = new byte[65];
        one.DerivePublicKey(secret, oneKey);
        other.DerivePublicKey(secret, otherKey);
        var signature = one.Sign(secret, digest);
        return oneKey.AsSpan().SequenceEqual(otherKey)
            && signature == other.Sign(secret, digest)
            && Recover(one, digest, signature) == Convert.ToHexString(oneKey)
            && Recover(other, digest, signature) == Convert.ToHexString(oneKey);
    }

    private static Hash256 LowHalf(byte[] s)
    {
        s[0] &= 0x3f;
        s[31] |= 1;
        return new Hash256(s);
    }

    private static string Recover(Secp256k1Engine engine, Hash256 digest, Signature signature)
    {
        var key = new byte[65];
        return engine.TryRecover(digest, signature, key) ? Convert.ToHexString(key) : "none";
    }
}

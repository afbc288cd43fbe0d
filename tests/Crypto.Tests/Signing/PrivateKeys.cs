using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Signing;

public sealed class PrivateKeys
{
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("01")]
    public void A_number_that_is_no_key_is_refused_and_not_shown(string secret)
    {
        var e = Assert.Throws<ArgumentException>(() => PrivateKey.FromBytes(Convert.FromHexString(secret)));

        Assert.DoesNotContain(secret, e.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_key_never_shows_itself_as_text()
    {
        using var key = PrivateKey.Generate();
        var secret = new byte[32];
        key.CopyTo(secret);

        Assert.Equal($"private key of {key.Address}", key.ToString());
        Assert.DoesNotContain(Convert.ToHexStringLower(secret), key.ToString());
    }

    [Fact]
    public void A_disposed_key_signs_nothing_and_gives_nothing_out()
    {
        var key = PrivateKey.Generate();
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign(Hash256.Zero));
        Assert.Throws<ObjectDisposedException>(() => key.CopyTo(new byte[32]));
    }

    [Fact]
    public void A_caller_cannot_change_the_public_key()
    {
        using var key = PrivateKey.Generate();
        key.PublicKey[0] = 0;

        Assert.Equal(4, key.PublicKey[0]);
    }
}

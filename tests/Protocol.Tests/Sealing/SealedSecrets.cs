using System.Text;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Tests.Protocol.Vectors;
using Limits = Grid.Protocol.Sealing.Limits;

namespace Grid.Tests.Protocol.Sealing;

public sealed class SealedSecrets
{
    private static readonly byte[] s_secret = "correct horse battery staple"u8.ToArray();
    private static readonly SealingContext s_context = SealingContext.LeaseSecret(new LeaseId(GoldenVectors.Hash(GoldenVectors.Root.GetProperty("ids"), "lease")), "web", "PASSWORD");

    [Fact]
    public void A_sample_of_a_second_implementation_opens()
    {
        var vector = GoldenVectors.Root.GetProperty("sealing");
        using var key = SealingKeyPair.ImportPkcs8(GoldenVectors.Bytes(vector.GetProperty("recipientPkcs8")));
        var sample = SealedBytes.Parse(GoldenVectors.Bytes(vector.GetProperty("sealed")));

        Assert.Equal(vector.GetProperty("recipientPublicKey").GetString(), key.PublicKey.ToString());
        Assert.Equal(GoldenVectors.Hash(vector, "sealedHash"), sample.Hash);
        Assert.Equal(vector.GetProperty("plaintext").GetString(), Encoding.UTF8.GetString(sample.Open(key, s_context)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limits.MaxPlaintextBytes)]
    public void What_was_sealed_opens_again(int sizeBytes)
    {
        using var key = SealingKeyPair.Generate();
        var plaintext = new byte[sizeBytes];
        new Random(1).NextBytes(plaintext);

        Assert.Equal(plaintext, SealedBytes.Seal(key.PublicKey, plaintext, s_context).Open(key, s_context));
    }

    [Fact]
    public void The_same_secret_never_gives_the_same_bytes()
    {
        using var key = SealingKeyPair.Generate();

        Assert.NotEqual(SealedBytes.Seal(key.PublicKey, s_secret, s_context).Hash, SealedBytes.Seal(key.PublicKey, s_secret, s_context).Hash);
    }

    [Fact]
    public void Nothing_opens_with_another_key()
    {
        using var key = SealingKeyPair.Generate();
        using var other = SealingKeyPair.Generate();

        Assert.Throws<SealingException>(() => SealedBytes.Seal(key.PublicKey, s_secret, s_context).Open(other, s_context));
    }

    [Fact]
    public void A_secret_cannot_be_moved_to_another_lease_service_or_use()
    {
        using var key = SealingKeyPair.Generate();
        var moved = SealedBytes.Seal(key.PublicKey, s_secret, s_context);

        Assert.Throws<SealingException>(() => moved.Open(key, SealingContext.LeaseSecret(default, "web", "PASSWORD")));
        Assert.Throws<SealingException>(() => moved.Open(key, s_context with { Name = "api/PASSWORD" }));
        Assert.Throws<SealingException>(() => moved.Open(key, s_context with { Purpose = SealingPurpose.Artifact }));
    }

    [Fact]
    public void No_byte_can_be_changed()
    {
        using var key = SealingKeyPair.Generate();
        var bytes = SealedBytes.Seal(key.PublicKey, s_secret, s_context).Bytes.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x40;
            Assert.Throws<SealingException>(() => SealedBytes.Parse(changed).Open(key, s_context));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SealedBytes.OverheadBytes - 1)]
    [InlineData(SealedBytes.OverheadBytes + Limits.MaxPlaintextBytes + 1)]
    public void Bytes_of_an_impossible_length_are_refused(int sizeBytes) => Assert.Throws<SealingException>(() => SealedBytes.Parse(new byte[sizeBytes]));

    [Fact]
    public void No_text_shows_what_is_sealed_or_the_private_key()
    {
        using var key = SealingKeyPair.Generate();

        Assert.DoesNotContain("horse", SealedBytes.Seal(key.PublicKey, s_secret, s_context).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(key.ExportPkcs8()[^40..]), key.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_published_key_is_taken_only_from_its_identity_in_its_time()
    {
        using var identity = GoldenVectors.Key("node");
        using var key = SealingKeyPair.Generate();
        using var swapped = SealingKeyPair.Generate();
        var now = DateTimeOffset.FromUnixTimeSeconds(1000);
        var published = PublishedSealingKey.Publish(key.PublicKey, identity, 2000, GridDomain.Local);

        Assert.True(published.IsValidFor(identity.Address, GridDomain.Local, now));
        Assert.False(published.IsValidFor(identity.Address, GridDomain.Local, now.AddSeconds(1000)));
        Assert.False(published.IsValidFor(Address.Zero, GridDomain.Local, now));
        Assert.False(published.IsValidFor(identity.Address, GridDomain.For(1, Address.Zero), now));
        Assert.False((published with { PublicKey = swapped.PublicKey }).IsValidFor(identity.Address, GridDomain.Local, now));
    }
}

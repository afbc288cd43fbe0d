using System.Text.Json.Nodes;
using Grid.Chain.Crypto;
using Org.BouncyCastle.Crypto.Generators;

namespace Grid.Tests.Crypto.Keystores;

public sealed class KeystoreJsonText
{
    // Far below any cost in use: these tests are about the format.
    private static readonly KeystoreCost s_tiny = new(16, 8, 1);

    [Theory]
    [InlineData(PublishedKeystores.Pbkdf2, PublishedKeystores.Passphrase, PublishedKeystores.Secret)]
    [InlineData(PublishedKeystores.Scrypt, PublishedKeystores.Passphrase, PublishedKeystores.Secret)]
    [InlineData(PublishedKeystores.Geth, PublishedKeystores.GethPassphrase, PublishedKeystores.GethSecret)]
    public void A_published_keystore_opens(string json, string passphrase, string secret)
    {
        using var key = Keystore.Decrypt(json, passphrase);

        Assert.Equal(secret, PublishedKeystores.SecretOf(key));
    }

    /// <summary>BouncyCastle's scrypt, an implementation of others, derives the key that authenticates ours.</summary>
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(16, 8, 1)]
    [InlineData(1024, 8, 16)]
    [InlineData(4096, 3, 2)]
    public void Scrypt_agrees_with_bouncy_castle(int n, int r, int p)
    {
        using var key = PrivateKey.Generate();
        var crypto = JsonNode.Parse(Keystore.Encrypt(key, "pleaseletmein", new KeystoreCost(n, r, p)))!["crypto"]!;

        var derived = SCrypt.Generate("pleaseletmein"u8.ToArray(), Bytes(crypto["kdfparams"]!["salt"]), n, r, p, 32);

        Assert.Equal(new Hash256(Bytes(crypto["mac"])), Keccak256.Hash(derived.AsSpan(16), Bytes(crypto["ciphertext"])));
    }

    [Fact]
    public void What_was_encrypted_is_decrypted_and_says_whose_it_is()
    {
        using var key = PrivateKey.Generate();

        var json = Keystore.Encrypt(key, "correct horse € battery", KeystoreCost.Light);
        using var back = Keystore.Decrypt(json, "correct horse € battery");

        Assert.Equal(PublishedKeystores.SecretOf(key), PublishedKeystores.SecretOf(back));
        Assert.Equal(Convert.ToHexStringLower(key.Address.ToByteArray()), (string?)JsonNode.Parse(json)!["address"]);
        Assert.DoesNotContain(PublishedKeystores.SecretOf(key), json);
    }

    [Fact]
    public void The_wrong_passphrase_is_refused_without_being_repeated()
    {
        using var key = PrivateKey.Generate();

        var e = Assert.Throws<KeystoreException>(() => Keystore.Decrypt(Keystore.Encrypt(key, "right", s_tiny), "hunter2"));

        Assert.Contains("passphrase is wrong", e.Message);
        Assert.DoesNotContain("hunter2", e.ToString());
    }

    [Fact]
    public void A_keystore_of_another_address_is_refused()
    {
        using var key = PrivateKey.Generate();
        var json = JsonNode.Parse(Keystore.Encrypt(key, "p", s_tiny))!;
        json["address"] = "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

        Assert.Contains("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", Assert.Throws<KeystoreException>(() => Keystore.Decrypt(json.ToJsonString(), "p")).Message);
    }

    [Fact]
    public void The_old_spelling_and_a_prefixed_or_missing_address_are_read()
    {
        using var key = PrivateKey.Generate();
        var json = JsonNode.Parse(Keystore.Encrypt(key, "p", s_tiny))!.AsObject();
        json["Crypto"] = json["crypto"]!.DeepClone();
        json.Remove("crypto");
        json["address"] = key.Address.ToString();
        using (var prefixed = Keystore.Decrypt(json.ToJsonString(), "p")) Assert.Equal(key.Address, prefixed.Address);

        json.Remove("address");
        using var missing = Keystore.Decrypt(json.ToJsonString(), "p");
        Assert.Equal(key.Address, missing.Address);
    }

    private static byte[] Bytes(JsonNode? hex) => Convert.FromHexString((string)hex!);
}

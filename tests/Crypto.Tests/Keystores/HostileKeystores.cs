using System.Text.Json.Nodes;
using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Keystores;

/// <summary>A keystore comes from anywhere: it is bounded before any work is done, and the message names the field.</summary>
public sealed class HostileKeystores
{
    [Theory]
    [InlineData("n", 1 << 30, "n")]
    [InlineData("n", 262143, "n")]
    [InlineData("n", 0, "n")]
    [InlineData("n", -4, "n")]
    [InlineData("r", 0, "r")]
    [InlineData("r", 1 << 20, "r")]
    [InlineData("p", 0, "p")]
    [InlineData("p", 1 << 20, "p")]
    [InlineData("p", 64, "n")]
    [InlineData("dklen", 1 << 30, "dklen")]
    [InlineData("dklen", 16, "dklen")]
    public void A_scrypt_cost_out_of_bounds_is_refused_by_name(string changed, int value, string named) =>
        AssertRefused(PublishedKeystores.Scrypt, json => json["crypto"]!["kdfparams"]![changed] = value, $"crypto.kdfparams.{named} ");

    [Theory]
    [InlineData("c", 0)]
    [InlineData("c", int.MaxValue)]
    public void A_pbkdf2_cost_out_of_bounds_is_refused_by_name(string changed, int value) =>
        AssertRefused(PublishedKeystores.Pbkdf2, json => json["crypto"]!["kdfparams"]![changed] = value, $"crypto.kdfparams.{changed} is {value}");

    [Theory]
    [InlineData("cipher", "aes-128-cbc", "crypto.cipher")]
    [InlineData("kdf", "argon2", "crypto.kdf")]
    [InlineData("kdf", "\u001b[2J", "crypto.kdf is \"?[2J\"")]
    [InlineData("mac", "00", "crypto.mac")]
    [InlineData("ciphertext", "zz18b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46", "crypto.ciphertext")]
    [InlineData("ciphertext", "00", "crypto.ciphertext")]
    public void A_wrong_field_is_refused_by_name(string field, string value, string named) =>
        AssertRefused(PublishedKeystores.Pbkdf2, json => json["crypto"]![field] = value, named);

    [Fact]
    public void Another_version_is_refused() => AssertRefused(PublishedKeystores.Pbkdf2, json => json["version"] = 1, "version is 1; expected 3");

    [Fact]
    public void Another_pseudo_random_function_is_refused() =>
        AssertRefused(PublishedKeystores.Pbkdf2, json => json["crypto"]!["kdfparams"]!["prf"] = "hmac-md5", "crypto.kdfparams.prf");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":3,"crypto":{}}""")]
    [InlineData("""{"version":3,"version":3}""")]
    [InlineData("""{"x":[[[[[[[[1]]]]]]]]}""")]
    public void What_is_no_keystore_is_refused(string json) => Assert.Throws<KeystoreException>(() => Keystore.Decrypt(json, "p"));

    [Fact]
    public void A_huge_text_is_refused_before_it_is_parsed() =>
        Assert.Contains("at most", Assert.Throws<KeystoreException>(() => Keystore.Decrypt(new string(' ', Limits.MaxKeystoreBytes + 1), "p")).Message);

    private static void AssertRefused(string published, Action<JsonNode> change, string named)
    {
        var json = JsonNode.Parse(published)!;
        change(json);
        var e = Assert.Throws<KeystoreException>(() => Keystore.Decrypt(json.ToJsonString(), PublishedKeystores.Passphrase));
        Assert.Contains(named, e.Message);
    }
}

using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Text;

public sealed class WordsInJson
{
    [Fact]
    public void Hashes_addresses_and_signatures_survive_json()
    {
        var words = from hash in Arbitraries.Bytes(32)
                    from address in Arbitraries.Bytes(20)
                    from signature in Arbitraries.Bytes(65)
                    select new SignedWords(new Hash256(hash), new Address(address), new Signature(signature), new() { [new Address(address)] = new Hash256(hash) });

        Prop.ForAll(words.ToArbitrary(), Survives).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("0x00")]
    [InlineData("")]
    [InlineData("0xzz")]
    public void Other_text_is_a_json_error(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"Signature":"{{text}}"}""", WordsJson.Default.SignedWords));

    [Fact]
    public void Text_that_json_has_escaped_is_read_all_the_same()
    {
        var words = new SignedWords(new Hash256([.. Enumerable.Repeat((byte)0xab, 32)]), Address.Zero, default, []);
        var escaped = JsonSerializer.Serialize(words, WordsJson.Default.SignedWords).Replace("0xab", "\\u0030xab", StringComparison.Ordinal);

        Assert.Equal(words.Hash, JsonSerializer.Deserialize(escaped, WordsJson.Default.SignedWords)!.Hash);
    }

    [Fact]
    public void Text_that_is_too_long_is_a_json_error() => Other_text_is_a_json_error(new string('0', 100_000));

    private static bool Survives(SignedWords words)
    {
        var back = JsonSerializer.Deserialize(JsonSerializer.Serialize(words, WordsJson.Default.SignedWords), WordsJson.Default.SignedWords)!;
        return back.Hash == words.Hash && back.Address == words.Address && back.Signature == words.Signature
            && back.ByAddress.SequenceEqual(words.ByAddress);
    }
}

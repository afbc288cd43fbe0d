using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Grid.Chain.Ethereum.Rlp;

namespace Grid.Tests.Ethereum.Rlp;

/// <summary>Of github.com/ethereum/tests, RLPTests: rlptest.json and invalidRLPTest.json.</summary>
public sealed class RlpVectors
{
    private const string Lorem = "Lorem ipsum dolor sit amet, consectetur adipisicing eli";

    public static TheoryData<string, string> Published => new()
    {
        { "\"\"", "0x80" },
        { "\"\\u0000\"", "0x00" },
        { "\"\\u007F\"", "0x7f" },
        { "\"dog\"", "0x83646f67" },
        { $"\"{Lorem}\"", "0xb74c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c69" },
        { $"\"{Lorem}t\"", "0xb8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974" },
        { "0", "0x80" },
        { "1", "0x01" },
        { "79", "0x4f" },
        { "127", "0x7f" },
        { "128", "0x8180" },
        { "1000", "0x8203e8" },
        { "100000", "0x830186a0" },
        { "\"#83729609699884896815286331701780722\"", "0x8f102030405060708090a0b0c0d0e0f2" },
        { "\"#115792089237316195423570985008687907853269984665640564039457584007913129639936\"", "0xa1010000000000000000000000000000000000000000000000000000000000000000" },
        { "[]", "0xc0" },
        { "[\"dog\",\"god\",\"cat\"]", "0xcc83646f6783676f6483636174" },
        { "[\"zw\",[4],1]", "0xc6827a77c10401" },
        { "[[[],[]],[]]", "0xc4c2c0c0c0" },
        { "[[],[[]],[[],[[]]]]", "0xc7c0c1c0c3c0c1c0" },
        { "[[\"key1\",\"val1\"],[\"key2\",\"val2\"],[\"key3\",\"val3\"],[\"key4\",\"val4\"]]", "0xecca846b6579318476616c31ca846b6579328476616c32ca846b6579338476616c33ca846b6579348476616c34" },
        { Repeated("[\"asdf\",\"qwer\",\"zxcv\"]", 4), "0xf840" + string.Concat(Enumerable.Repeat("cf84617364668471776572847a786376", 4)) },
        { Repeated("[\"asdf\",\"qwer\",\"zxcv\"]", 32), "0xf90200" + string.Concat(Enumerable.Repeat("cf84617364668471776572847a786376", 32)) },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void A_value_has_the_published_encoding_and_is_read_back(string json, string encoded)
    {
        var item = Item(JsonDocument.Parse(json).RootElement);

        Assert.Equal(encoded, Hex.Text(item.Encode()));
        Assert.Equal(encoded, Hex.Text(RlpReader.Read(Hex.Bytes(encoded)).Encode()));
    }

    [Theory]
    [InlineData("bf0f000000000000021111")]
    [InlineData("ff0f000000000000021111")]
    [InlineData("f80180")]
    [InlineData("f80100")]
    [InlineData("b9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df0")]
    [InlineData("f861f83eb9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df027b90015002d5ef8325ae4d034df55d4b58d0dfba64d61ddd17be00000b9001a00dae30907045a2f66fa36f2bb8aa9029cbb0b8a7b3b5c435ab331")]
    [InlineData("8100")]
    [InlineData("8101")]
    [InlineData("817F")]
    [InlineData("b90040000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f")]
    [InlineData("b800")]
    [InlineData("fb00000040000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f")]
    [InlineData("f800")]
    [InlineData("b81000112233445566778899aabbccddeeff")]
    [InlineData("b801ff")]
    [InlineData("f810000102030405060708090a0b0c0d0e0f")]
    [InlineData("f803112233")]
    [InlineData("")]
    [InlineData("0102")]
    [InlineData("c281")]
    public void Whatever_is_not_the_one_encoding_is_refused(string encoded) => Assert.Throws<RlpException>(() => RlpReader.Read(Hex.Bytes(encoded)));

    [Fact]
    public void Lists_nested_beyond_the_limit_are_refused()
    {
        var item = RlpItem.List();
        for (var i = 0; i < Chain.Ethereum.Limits.MaxRlpDepth; i++) item = RlpItem.List(item);

        Assert.Throws<RlpException>(() => RlpReader.Read(item.Encode()));
    }

    private static string Repeated(string element, int count) => $"[{string.Join(',', Enumerable.Repeat(element, count))}]";

    private static RlpItem Item(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => RlpItem.List([.. json.EnumerateArray().Select(Item)]),
        JsonValueKind.Number => RlpItem.Of((UInt128)json.GetUInt64()),
        _ when json.GetString()!.StartsWith('#') => RlpItem.Of(BigInteger.Parse(json.GetString()![1..], CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true)),
        _ => RlpItem.Of(Encoding.UTF8.GetBytes(json.GetString()!)),
    };
}

using System.Numerics;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;

namespace Grid.Tests.Ethereum.Abi;

/// <summary>The examples of Solidity's documentation, "Contract ABI Specification".</summary>
public sealed class AbiVectors
{
    [Fact]
    public void Static_arguments_stand_side_by_side() => AssertCall(
        "baz(uint32,bool)",
        [69, true],
        "cdcd77c0"
        + "0000000000000000000000000000000000000000000000000000000000000045"
        + "0000000000000000000000000000000000000000000000000000000000000001");

    [Fact]
    public void Short_bytes_are_left_in_their_words() => AssertCall(
        "bar(bytes3[2])",
        [AbiValue.List("abc"u8.ToArray(), "def"u8.ToArray())],
        "fce353f6"
        + "6162630000000000000000000000000000000000000000000000000000000000"
        + "6465660000000000000000000000000000000000000000000000000000000000");

    [Fact]
    public void Dynamic_arguments_follow_behind_their_offsets() => AssertCall(
        "sam(bytes,bool,uint256[])",
        ["dave"u8.ToArray(), true, AbiValue.List(1, 2, 3)],
        "a5643bf2"
        + "0000000000000000000000000000000000000000000000000000000000000060"
        + "0000000000000000000000000000000000000000000000000000000000000001"
        + "00000000000000000000000000000000000000000000000000000000000000a0"
        + "0000000000000000000000000000000000000000000000000000000000000004"
        + "6461766500000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "0000000000000000000000000000000000000000000000000000000000000001"
        + "0000000000000000000000000000000000000000000000000000000000000002"
        + "0000000000000000000000000000000000000000000000000000000000000003");

    [Fact]
    public void Static_and_dynamic_arguments_mix() => AssertCall(
        "f(uint256,uint32[],bytes10,bytes)",
        [0x123, AbiValue.List(0x456, 0x789), "1234567890"u8.ToArray(), "Hello, world!"u8.ToArray()],
        "8be65246"
        + "0000000000000000000000000000000000000000000000000000000000000123"
        + "0000000000000000000000000000000000000000000000000000000000000080"
        + "3132333435363738393000000000000000000000000000000000000000000000"
        + "00000000000000000000000000000000000000000000000000000000000000e0"
        + "0000000000000000000000000000000000000000000000000000000000000002"
        + "0000000000000000000000000000000000000000000000000000000000000456"
        + "0000000000000000000000000000000000000000000000000000000000000789"
        + "000000000000000000000000000000000000000000000000000000000000000d"
        + "48656c6c6f2c20776f726c642100000000000000000000000000000000000000");

    [Fact]
    public void Nested_dynamic_arrays_have_offsets_of_their_own() => AssertCall(
        "g(uint256[][],string[])",
        [AbiValue.List(AbiValue.List(1, 2), AbiValue.List(3)), AbiValue.List("one", "two", "three")],
        "2289b18c"
        + "0000000000000000000000000000000000000000000000000000000000000040"
        + "0000000000000000000000000000000000000000000000000000000000000140"
        + "0000000000000000000000000000000000000000000000000000000000000002"
        + "0000000000000000000000000000000000000000000000000000000000000040"
        + "00000000000000000000000000000000000000000000000000000000000000a0"
        + "0000000000000000000000000000000000000000000000000000000000000002"
        + "0000000000000000000000000000000000000000000000000000000000000001"
        + "0000000000000000000000000000000000000000000000000000000000000002"
        + "0000000000000000000000000000000000000000000000000000000000000001"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "0000000000000000000000000000000000000000000000000000000000000060"
        + "00000000000000000000000000000000000000000000000000000000000000a0"
        + "00000000000000000000000000000000000000000000000000000000000000e0"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "6f6e650000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "74776f0000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000005"
        + "7468726565000000000000000000000000000000000000000000000000000000");

    [Fact]
    public void An_erc20_transfer_is_recognised_and_decoded()
    {
        var transfer = AbiEvent.Parse("Transfer(address indexed from, address indexed to, uint256 value)");
        var (from, to) = (Address.Parse("0x00000000000000000000000000000000000000aa"), Address.Parse("0x00000000000000000000000000000000000000bb"));

        var decoded = transfer.Decode([transfer.Topic, transfer.TopicOf(0, from), transfer.TopicOf(1, to)], AbiType.Parse("uint256").Encode(7));

        Assert.Equal(Hash256.Parse("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"), transfer.Topic);
        Assert.Equal([from, to, 7], decoded);
    }

    [Fact]
    public void An_indexed_string_comes_back_as_the_hash_that_its_topic_holds()
    {
        var named = AbiEvent.Parse("Named(string indexed name, uint8[2] indexed pair, bool ok)");

        var decoded = named.Decode([named.Topic, Hash256.Zero, named.Topic], AbiType.Parse("bool").Encode(true));

        Assert.Equal([Hash256.Zero, named.Topic, true], decoded);
        Assert.Throws<AbiException>(() => named.TopicOf(0, "x"));
    }

    [Theory]
    [InlineData("08c379a0" + "0000000000000000000000000000000000000000000000000000000000000020" + "000000000000000000000000000000000000000000000000000000000000001a" + "4e6f7420656e6f7567682045746865722070726f76696465642e000000000000")]
    public void The_revert_of_a_require_gives_its_text(string revert)
    {
        Assert.True(AbiError.Text.TryDecode(Hex.Bytes(revert), out var arguments));
        Assert.Equal("Not enough Ether provided.", arguments[0].ToText());
        Assert.False(AbiError.Panic.TryDecode(Hex.Bytes(revert), out _));
        Assert.Equal("0x4e487b71", Hex.Text(AbiError.Panic.Selector));
    }

    [Fact]
    public void A_custom_error_gives_its_arguments()
    {
        var error = AbiError.Parse("StakeTooLow(address provider, uint256 stake)");
        var revert = AbiFunction.Parse("StakeTooLow(address,uint256)").Encode(Address.Zero, 5);

        Assert.True(error.TryDecode(revert, out var arguments));
        Assert.Equal([Address.Zero, 5], arguments);
        Assert.False(error.TryDecode(default, out _));
        Assert.Throws<AbiException>(() => error.TryDecode(revert.AsMemory(0, 40), out _));
    }

    [Theory]
    [InlineData("int8", -128, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff80")]
    [InlineData("int256", -1, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("int16", 32767, "0000000000000000000000000000000000000000000000000000000000007fff")]
    [InlineData("uint8", 255, "00000000000000000000000000000000000000000000000000000000000000ff")]
    public void Numbers_are_words_with_their_sign_extended(string type, int number, string encoded)
    {
        Assert.Equal("0x" + encoded, Hex.Text(AbiType.Parse(type).Encode(number)));
        Assert.Equal(number, AbiFunction.Parse($"f() returns ({type})").DecodeOutput(Hex.Bytes(encoded))[0].ToBigInteger());
    }

    [Fact]
    public void The_greatest_uint256_fits_and_one_more_does_not()
    {
        var max = BigInteger.Pow(2, 256) - 1;

        Assert.Equal("0x" + new string('f', 64), Hex.Text(AbiType.Parse("uint256").Encode(max)));
        Assert.Throws<AbiException>(() => AbiType.Parse("uint256").Encode(max + 1));
        Assert.Throws<AbiException>(() => AbiType.Parse("uint64").Encode(-1));
        Assert.Throws<AbiException>(() => AbiType.Parse("int8").Encode(128));
    }

    [Theory]
    [InlineData("uint7")]
    [InlineData("uint264")]
    [InlineData("uint08")]
    [InlineData("bytes33")]
    [InlineData("bytes0")]
    [InlineData("()")]
    [InlineData("(uint256")]
    [InlineData("uint256[0]")]
    [InlineData("uint256[-1]")]
    [InlineData("uint256[999999999]")]
    [InlineData("mapping")]
    public void What_is_no_type_is_refused(string type) => Assert.Throws<AbiException>(() => AbiType.Parse(type));

    [Fact]
    public void Types_nested_beyond_the_limit_are_refused()
    {
        Assert.Throws<AbiException>(() => AbiType.Parse(new string('(', 20) + "bool" + new string(')', 20)));
        Assert.Throws<AbiException>(() => AbiType.Parse("bool" + string.Concat(Enumerable.Repeat("[]", 20))));
    }

    private static void AssertCall(string signature, AbiValue[] arguments, string calldata)
    {
        var function = AbiFunction.Parse(signature);

        Assert.Equal("0x" + calldata, Hex.Text(function.Encode(arguments)));
        Assert.Equal(arguments, function.DecodeInput(Hex.Bytes(calldata)));
    }
}

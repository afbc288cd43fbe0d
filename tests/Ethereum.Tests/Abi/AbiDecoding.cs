using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;

namespace Grid.Tests.Ethereum.Abi;

public sealed class AbiDecoding
{
    private static string Word(long number) => number.ToString("x64");

    public static TheoryData<string, string> Wrong => new()
    {
        { "(uint256)", "" },
        { "(uint8)", Word(256) },
        { "(bool)", Word(2) },
        { "(address)", "01" + new string('0', 62) },
        { "(bytes3)", "61626364" + new string('0', 56) },
        { "(bytes)", Word(32) + Word(33) + new string('0', 64) },
        { "(bytes)", Word(64) + Word(0) },
        { "(bytes)", Word(32) + Word(1) + "6161" + new string('0', 60) },
        { "(bytes)", "8" + new string('0', 63) + Word(0) },
        { "(string)", Word(32) + Word(1) + "ff" + new string('0', 62) },
        { "(uint256[])", Word(32) + Word(int.MaxValue) + Word(1) },
        { "(uint256[])", Word(32) + new string('f', 64) },
        { "(uint256)", Word(1) + Word(2) },
        { "(bytes,bytes)", Word(64) + Word(64) + Word(1) + "61" + new string('0', 62) },
        { "(uint256[][])", Word(32) + Word(2) + Word(64) + Word(64) + Word(2) + Word(1) + Word(2) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_encoding_is_refused(string outputs, string encoded) =>
        Assert.Throws<AbiException>(() => AbiFunction.Parse("f() returns " + outputs).DecodeOutput(Hex.Bytes(encoded)));

    [Fact]
    public void A_wrong_kind_of_value_says_what_was_expected()
    {
        var error = Assert.Throws<AbiException>(() => AbiFunction.Parse("f(uint256)").Encode("text"));

        Assert.Equal("Found text; expected a number.", error.Message);
    }

    [Fact]
    public void Whatever_a_function_takes_is_decoded_as_it_was_encoded() => Prop.ForAll(Calls.ToArbitrary(), call =>
    {
        var function = AbiFunction.Parse($"f({string.Join(',', call.Select(argument => argument.Type))})");
        return function.DecodeInput(function.Encode([.. call.Select(argument => argument.Value)])).SequenceEqual(call.Select(argument => argument.Value));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_bytes_are_decoded_or_refused_and_never_crash() => Prop.ForAll(Gen.Choose(0, 3).Select(b => (byte)b).ArrayOf().ToArbitrary(), noise =>
    {
        var payload = noise.SelectMany(b => new byte[31].Append((byte)(b * 32))).ToArray();
        try
        {
            AbiFunction.Parse("f() returns ((bytes,uint8[])[],string)").DecodeOutput(payload);
        }
        catch (AbiException)
        {
            return true;
        }

        return payload.Length > 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    internal static Gen<Argument[]> Calls => Arguments(2).NonEmptyListOf().Select(list => list.Take(6).ToArray());

    private static Gen<Argument> Arguments(int depth)
    {
        var simple = Gen.OneOf(
            Gen.Choose(0, int.MaxValue).Select(n => new Argument("uint64", n, $"{n}")),
            Gen.Choose(-128, 127).Select(n => new Argument("int8", n, $"{n}")),
            Gen.Elements(true, false).Select(b => new Argument("bool", b, b ? "true" : "false")),
            Bytes(20).Select(b => new Argument("address", new Address(b), new Address(b).ToString())),
            Bytes(32).Select(b => new Argument("bytes32", b, Hex.Text(b))),
            Gen.Choose(0, 70).SelectMany(Bytes).Select(b => new Argument("bytes", b, Hex.Text(b))),
            Gen.Choose('a', 'z').Select(c => (char)c).ArrayOf().Select(s => new Argument("string", new string(s), $"\"{new string(s)}\"")));
        if (depth == 0) return simple;
        var inner = Arguments(depth - 1);
        return Gen.OneOf(
            simple,
            inner.SelectMany(one => Gen.Choose(0, 3).Select(count => Repeated(one, count, "[]"))),
            inner.Select(one => Repeated(one, 2, "[2]")),
            inner.SelectMany(a => inner.Select(b => new Argument($"({a.Type},{b.Type})", AbiValue.List(a.Value, b.Value), $"({a.Literal},{b.Literal})"))));
    }

    private static Argument Repeated(Argument one, int count, string suffix) =>
        new(one.Type + suffix, AbiValue.List(Enumerable.Repeat(one.Value, count).ToArray()), $"[{string.Join(',', Enumerable.Repeat(one.Literal, count))}]");

    private static Gen<byte[]> Bytes(int count) => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(count);
}

/// <param name="Literal">As cast takes it.</param>
internal sealed record Argument(string Type, AbiValue Value, string Literal);

using System.Numerics;

namespace Grid.Chain.Ethereum.Abi;

/// <summary><c>uintN</c> and <c>intN</c>: a word, sign-extended.</summary>
internal sealed class AbiInteger(int bits, bool isSigned) : AbiType((isSigned ? "int" : "uint") + bits, WordBytes, isDynamic: false)
{
    private readonly BigInteger _min = isSigned ? -(BigInteger.One << bits - 1) : 0;
    private readonly BigInteger _max = (BigInteger.One << (isSigned ? bits - 1 : bits)) - 1;

    public override byte[] Encode(AbiValue value)
    {
        var number = value.ToBigInteger();
        if (number < _min || number > _max) throw Misfit(value, $"{_min} to {_max}");
        var word = new byte[WordBytes];
        if (number.Sign < 0) word.AsSpan().Fill(0xff);
        var bytes = number.GetByteCount(isUnsigned: !isSigned);
        number.TryWriteBytes(word.AsSpan(WordBytes - bytes), out _, isUnsigned: !isSigned, isBigEndian: true);
        return word;
    }

    internal override AbiValue Decode(AbiReader reader)
    {
        var number = new BigInteger(reader.Word().Span, isUnsigned: !isSigned, isBigEndian: true);
        return number >= _min && number <= _max ? number : throw new AbiException($"{number} is no {Name}.");
    }
}

internal sealed class AbiBoolType() : AbiType("bool", WordBytes, isDynamic: false)
{
    public override byte[] Encode(AbiValue value)
    {
        var word = new byte[WordBytes];
        word[^1] = value.ToBool() ? (byte)1 : (byte)0;
        return word;
    }

    internal override AbiValue Decode(AbiReader reader)
    {
        var word = reader.Word().Span;
        if (word[..^1].ContainsAnyExcept((byte)0) || word[^1] > 1) throw new AbiException("A bool is a word of 0 or 1.");
        return word[^1] == 1;
    }
}

using System.Globalization;
using System.Numerics;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Abi;

internal sealed record AbiNumber(BigInteger Value) : AbiValue
{
    public override BigInteger ToBigInteger() => Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

internal sealed record AbiBool(bool Value) : AbiValue
{
    public override bool ToBool() => Value;

    public override string ToString() => Value ? "true" : "false";
}

internal sealed record AbiAddress(Address Value) : AbiValue
{
    public override Address ToAddress() => Value;

    public override string ToString() => Value.ToString();
}

internal sealed record AbiText(string Value) : AbiValue
{
    public override string ToText() => Value;

    public override string ToString() => Value;
}

internal sealed record AbiBytes(ReadOnlyMemory<byte> Value) : AbiValue
{
    public override ReadOnlyMemory<byte> ToBytes() => Value;

    public bool Equals(AbiBytes? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

    public override int GetHashCode() => Value.Length;

    public override string ToString() => HexText.Encode(Value.Span);
}

internal sealed record AbiList(IReadOnlyList<AbiValue> Values) : AbiValue
{
    public override IReadOnlyList<AbiValue> Items => Values;

    public bool Equals(AbiList? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Count;

    public override string ToString() => $"({string.Join(", ", Values)})";
}

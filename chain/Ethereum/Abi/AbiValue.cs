using System.Numerics;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Abi;

/// <summary>
/// A value of the contract ABI. What it may stand for is said by an <see cref="AbiType"/>: a number is checked against its bits
/// when it is encoded. The .NET types convert by themselves; the <c>To…</c> methods give them back or say what was found.
/// </summary>
public abstract record AbiValue
{
    private protected AbiValue()
    {
    }

    /// <summary>Elements of an array or fields of a tuple.</summary>
    public virtual IReadOnlyList<AbiValue> Items => throw Unexpected("a list");

    public AbiValue this[int index] => Items[index];

    public virtual BigInteger ToBigInteger() => throw Unexpected("a number");

    public ulong ToUInt64() => Fit<ulong>(ulong.MaxValue, number => (ulong)number);

    public UInt128 ToUInt128() => Fit<UInt128>(UInt128.MaxValue, number => (UInt128)number);

    public virtual bool ToBool() => throw Unexpected("a bool");

    public virtual Address ToAddress() => throw Unexpected("an address");

    public virtual ReadOnlyMemory<byte> ToBytes() => throw Unexpected("bytes");

    public virtual string ToText() => throw Unexpected("a string");

    public Hash256 ToHash256()
    {
        var bytes = ToBytes();
        return bytes.Length == Hash256.SizeBytes ? new Hash256(bytes.Span) : throw new AbiException($"{bytes.Length} bytes; expected 32.");
    }

    public static AbiValue List(params IReadOnlyList<AbiValue> items) => new AbiList(items);

    public static implicit operator AbiValue(int number) => new AbiNumber(number);

    public static implicit operator AbiValue(long number) => new AbiNumber(number);

    public static implicit operator AbiValue(ulong number) => new AbiNumber(number);

    public static implicit operator AbiValue(UInt128 number) => new AbiNumber(number);

    public static implicit operator AbiValue(BigInteger number) => new AbiNumber(number);

    public static implicit operator AbiValue(bool value) => new AbiBool(value);

    public static implicit operator AbiValue(Address address) => new AbiAddress(address);

    public static implicit operator AbiValue(Hash256 word) => new AbiBytes(word.ToByteArray());

    public static implicit operator AbiValue(byte[] bytes) => new AbiBytes(bytes);

    public static implicit operator AbiValue(ReadOnlyMemory<byte> bytes) => new AbiBytes(bytes);

    public static implicit operator AbiValue(string text) => new AbiText(text);

    public static implicit operator AbiValue(AbiValue[] items) => new AbiList(items);

    private protected AbiException Unexpected(string expected) => new($"Found {GetType().Name[3..].ToLowerInvariant()}; expected {expected}.");

    private T Fit<T>(BigInteger max, Func<BigInteger, T> convert)
    {
        var number = ToBigInteger();
        return number.Sign >= 0 && number <= max ? convert(number) : throw new AbiException($"{number} is not in 0 to {max}.");
    }
}

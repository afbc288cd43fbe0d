using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Rlp;

/// <summary>A value of Ethereum's recursive-length prefix encoding (yellow paper, appendix B): bytes, or a list of values.</summary>
public abstract class RlpItem
{
    private protected RlpItem()
    {
    }

    /// <summary>With its prefix.</summary>
    internal abstract int EncodedLength { get; }

    public static RlpItem Of(ReadOnlyMemory<byte> bytes) => new RlpBytes(bytes);

    /// <summary>A number: big-endian without leading zeros, so zero is the empty string.</summary>
    public static RlpItem Of(UInt128 number)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return Of(bytes.AsMemory(..).TrimStart((byte)0));
    }

    public static RlpItem Of(Address address) => Of(address.ToByteArray());

    /// <summary>The word as a number, as r and s of a signature stand in a transaction.</summary>
    public static RlpItem NumberOf(Hash256 word) => Of(word.ToByteArray().AsMemory().TrimStart((byte)0));

    public static RlpItem List(params IReadOnlyList<RlpItem> items) => new RlpList(items);

    public byte[] Encode()
    {
        var bytes = new byte[EncodedLength];
        Write(bytes);
        return bytes;
    }

    /// <returns>How many bytes were written.</returns>
    internal abstract int Write(Span<byte> destination);
}

/// <summary>A string of bytes, which may mean a number.</summary>
public sealed class RlpBytes(ReadOnlyMemory<byte> value) : RlpItem
{
    public ReadOnlyMemory<byte> Value { get; } = value;

    private bool IsItsOwnPrefix => Value.Length == 1 && Value.Span[0] < RlpPrefix.ShortBytes;

    internal override int EncodedLength => IsItsOwnPrefix ? 1 : RlpPrefix.Length(Value.Length) + Value.Length;

    internal override int Write(Span<byte> destination)
    {
        var start = IsItsOwnPrefix ? 0 : RlpPrefix.Write(destination, Value.Length, RlpPrefix.ShortBytes);
        Value.Span.CopyTo(destination[start..]);
        return start + Value.Length;
    }
}

public sealed class RlpList(IReadOnlyList<RlpItem> items) : RlpItem
{
    private readonly int _contentLength = items.Sum(item => item.EncodedLength);

    public IReadOnlyList<RlpItem> Items { get; } = items;

    internal override int EncodedLength => RlpPrefix.Length(_contentLength) + _contentLength;

    internal override int Write(Span<byte> destination)
    {
        var written = RlpPrefix.Write(destination, _contentLength, RlpPrefix.ShortList);
        foreach (var item in Items) written += item.Write(destination[written..]);
        return written;
    }
}

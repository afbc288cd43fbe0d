using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>Reads what <see cref="CanonicalBytes"/> wrote. Input that ends too early gives zeros and raises <see cref="IsTruncated"/>; it
/// never throws.</summary>
public ref struct CanonicalReader(ReadOnlySpan<byte> bytes)
{
    private static readonly byte[] Zeros = new byte[64];

    private ReadOnlySpan<byte> _rest = bytes;

    public bool IsTruncated { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty && !IsTruncated;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public Hash256 Word() => new(Take(Hash256.SizeBytes));

    public Address Address() => new(Take(Chain.Crypto.Address.SizeBytes));

    /// <param name="size">At most 64.</param>
    public ReadOnlySpan<byte> Raw(int size) => Take(size);

    /// <summary>The UTF-8 of a text.</summary>
    public ReadOnlySpan<byte> TextBytes() => Take(UInt16());

    private ReadOnlySpan<byte> Take(int size)
    {
        if (_rest.Length < size)
        {
            IsTruncated = true;
            return size <= Zeros.Length ? Zeros.AsSpan(0, size) : [];
        }

        var taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }
}

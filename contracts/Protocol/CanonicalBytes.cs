using System.Buffers.Binary;
using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>
/// Bytes that are hashed: big-endian fixed-width integers, texts as UTF-8 after a 16-bit length, lists after a 32-bit count.
/// Two different values never give the same bytes, since every variable part says its length.
/// </summary>
public sealed class CanonicalBytes
{
    private byte[] _buffer = new byte[512];
    private int _size;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _size);

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _size = 0;

    public CanonicalBytes Byte(byte value)
    {
        Take(1)[0] = value;
        return this;
    }

    public CanonicalBytes Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public CanonicalBytes UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Take(sizeof(ushort)), value);
        return this;
    }

    public CanonicalBytes Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);
        return this;
    }

    public CanonicalBytes Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value);
        return this;
    }

    public CanonicalBytes Word(Hash256 value)
    {
        value.CopyTo(Take(Hash256.SizeBytes));
        return this;
    }

    public CanonicalBytes Address(Address value)
    {
        value.CopyTo(Take(Chain.Crypto.Address.SizeBytes));
        return this;
    }

    /// <exception cref="ArgumentException">The text is longer than 65 535 bytes.</exception>
    public CanonicalBytes Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        if (size > ushort.MaxValue) throw new ArgumentException($"A text of canonical bytes has at most {ushort.MaxValue} bytes, not {size}.", nameof(value));
        UInt16((ushort)size);
        Encoding.UTF8.GetBytes(value, Take(size));
        return this;
    }

    public CanonicalBytes Raw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Take(value.Length));
        return this;
    }

    private Span<byte> Take(int size)
    {
        if (_buffer.Length - _size < size) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _size + size));
        var span = _buffer.AsSpan(_size, size);
        _size += size;
        return span;
    }
}

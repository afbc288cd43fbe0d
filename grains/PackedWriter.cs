using System.Buffers.Binary;
using System.Text;
using Grid.Chain.Crypto;

namespace Grid;

/// <summary>
/// The compact bytes of a stored value that is written with every order: ids as their 32 bytes, numbers in as many bytes as they need, texts and lists
/// after their length. <see cref="PackedReader"/> reads the same in the same order.
/// </summary>
internal sealed class PackedWriter(int capacity)
{
    private const int LongestNumber = 10;

    private byte[] _buffer = new byte[capacity];
    private int _size;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _size);

    public void Id(Hash256 value) => value.CopyTo(Take(Hash256.SizeBytes));

    public void Flag(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Seven bits a byte, the lowest first; small ones of either sign are short.</summary>
    public void Number(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var bytes = Take(LongestNumber);
        var count = 0;
        for (; rest >= 0x80; rest >>= 7) bytes[count++] = (byte)(rest | 0x80);
        bytes[count++] = (byte)rest;
        _size -= LongestNumber - count;
    }

    /// <summary>To the tick; its offset is not kept.</summary>
    public void Time(DateTimeOffset value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value.UtcTicks);

    public void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Number(size);
        Encoding.UTF8.GetBytes(value, Take(size));
    }

    private Span<byte> Take(int size)
    {
        if (_buffer.Length - _size < size) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _size + size));
        var span = _buffer.AsSpan(_size, size);
        _size += size;
        return span;
    }
}

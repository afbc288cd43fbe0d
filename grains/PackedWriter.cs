using System.Buffers.Binary;
using System.Text;
using Grid.Chain.Crypto;

namespace Grid;

/// <summary>
/// The compact bytes of a stored value that is written with every order: ids as their 32 bytes, numbers in as many bytes as they
/// need, texts and lists
/// after their length. <see cref="PackedReader"/> reads the same in the same order.
/// </summary>
internal sealed class PackedWriter
{
    private const int LongestNumber = 10;

    /// <summary>Enough for a shard's page or the ledger of a machine with two dozen leases.</summary>
    private const int FirstBytes = 4 * 1024;

    // One for each thread: a state is packed and copied out at one go.
    [ThreadStatic]
    private static PackedWriter? s_mine;

    private byte[] _buffer = new byte[FirstBytes];
    private int _size;

    private PackedWriter()
    {
    }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _size);

    /// <summary>The thread's own, empty; what it had written before is gone.</summary>
    public static PackedWriter Begin()
    {
        var writer = s_mine ??= new PackedWriter();
        writer._size = 0;
        return writer;
    }

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

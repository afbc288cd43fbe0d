using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Grid.Chain.Crypto;

namespace Grid;

/// <summary>Reads what <see cref="PackedWriter"/> has written.</summary>
/// <exception cref="JsonException">The bytes end too early, or are none that it writes.</exception>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public Hash256 Id() => new(Take(Hash256.SizeBytes));

    public bool Flag() => Take(1)[0] != 0;

    public long Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw new JsonException("A packed number is longer than 64 bits.");
    }

    /// <summary>A number that says how much follows.</summary>
    public int Count()
    {
        var count = Number();
        return count >= 0 && count <= _rest.Length ? (int)count : throw new JsonException($"A packed length is {count}, and {_rest.Length} bytes follow.");
    }

    public DateTimeOffset Time() => new(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))), TimeSpan.Zero);

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    private ReadOnlySpan<byte> Take(int size)
    {
        if (_rest.Length < size) throw new JsonException($"{size} packed bytes are expected, {_rest.Length} are left.");
        var taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Grid.Chain.Ethereum.Abi;

/// <summary>
/// A place in encoded bytes. Offsets may point anywhere, so a short payload could unfold without end; a true encoding reads each
/// byte once, and that is the budget all readers of one payload share.
/// </summary>
internal sealed class AbiReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly StrongBox<int> _unreadBytes;
    private int _at;

    private AbiReader(ReadOnlyMemory<byte> bytes, StrongBox<int> unreadBytes, int at)
    {
        _bytes = bytes;
        _unreadBytes = unreadBytes;
        _at = at;
    }

    /// <summary>Decodes the whole payload as these types side by side.</summary>
    public static AbiValue[] DecodeAll(ReadOnlyMemory<byte> payload, IReadOnlyList<AbiType> types)
    {
        if (payload.Length > Limits.MaxAbiBytes) throw new AbiException($"{payload.Length} bytes; at most {Limits.MaxAbiBytes} are read.");
        var reader = new AbiReader(payload, new StrongBox<int>(payload.Length), 0);
        var values = reader.Sequence(types, types.Sum(type => type.HeadBytes));
        return reader._unreadBytes.Value == 0 ? values : throw new AbiException($"{reader._unreadBytes.Value} bytes belong to no value.");
    }

    public static int RoundUpToWord(int bytes) => (bytes + AbiType.WordBytes - 1) / AbiType.WordBytes * AbiType.WordBytes;

    public ReadOnlyMemory<byte> Word() => Take(AbiType.WordBytes);

    public ReadOnlyMemory<byte> Take(int count)
    {
        if (count > _bytes.Length - _at) throw new AbiException($"{count} bytes are announced at byte {_at}, {_bytes.Length - _at} are left.");
        if (count > _unreadBytes.Value) throw new AbiException("Values share bytes; in a true encoding each has its own.");
        _unreadBytes.Value -= count;
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    /// <summary>A count of elements that still fit into what is left.</summary>
    public int Length(int elementBytes) => Number("a length", (_bytes.Length - _at - AbiType.WordBytes) / elementBytes);

    public AbiValue[] Sequence(IEnumerable<AbiType> types, int headsBytes)
    {
        if (headsBytes > _bytes.Length - _at) throw new AbiException($"{headsBytes} bytes are needed at byte {_at}, {_bytes.Length - _at} are left.");
        var frame = _bytes[_at..];
        var heads = new AbiReader(frame, _unreadBytes, 0);
        var values = types.Select(type => type.Decode(type.IsDynamic ? heads.Follow(frame) : heads)).ToArray();
        _at += headsBytes;
        return values;
    }

    private AbiReader Follow(ReadOnlyMemory<byte> frame) => new(frame[Number("an offset", frame.Length)..], _unreadBytes, 0);

    private int Number(string what, int max)
    {
        var word = Word().Span;
        var number = BinaryPrimitives.ReadInt32BigEndian(word[^sizeof(int)..]);
        if (word[..^sizeof(int)].ContainsAnyExcept((byte)0) || number < 0 || number > max)
            throw new AbiException($"{what} before byte {_at} points beyond the end.");
        return number;
    }
}

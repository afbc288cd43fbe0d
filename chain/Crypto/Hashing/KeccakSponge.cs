using System.Buffers.Binary;

namespace Grid.Chain.Crypto.Hashing;

/// <summary>One message, absorbed piece by piece.</summary>
/// <param name="words">Zero, 2 × 25 words; the caller clears them afterwards.</param>
internal ref struct KeccakSponge(Span<ulong> words)
{
    /// <summary>1600 bits less twice the digest's 256.</summary>
    public const int RateBytes = 136;

    /// <summary>Keccak's own padding begins with it; SHA3 has 0x06 there.</summary>
    public const byte FirstPad = 0x01;

    public const byte LastPad = 0x80;

    private readonly Span<ulong> _words = words;
    private int _position;

    public void Absorb(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var isWhole = _position % sizeof(ulong) == 0 && data.Length >= sizeof(ulong);
            if (isWhole) _words[_position / sizeof(ulong)] ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
            else Mix(data[0]);
            var taken = isWhole ? sizeof(ulong) : 1;
            data = data[taken..];
            _position += taken;
            if (_position < RateBytes) continue;
            KeccakPermutation<ulong, OneLane>.Apply(_words);
            _position = 0;
        }
    }

    public void Finish(Span<byte> digest)
    {
        Mix(FirstPad);
        _position = RateBytes - 1;
        Mix(LastPad);
        KeccakPermutation<ulong, OneLane>.Apply(_words);
        for (var i = 0; i < Hash256.SizeBytes / sizeof(ulong); i++) BinaryPrimitives.WriteUInt64LittleEndian(digest[(i * sizeof(ulong))..], _words[i]);
    }

    private readonly void Mix(byte value) => _words[_position / sizeof(ulong)] ^= (ulong)value << (_position % sizeof(ulong) * 8);
}

using System.Buffers.Binary;

namespace Grid.Matching;

/// <summary>Reads pieces of a stream, each after its 32-bit length, through one buffer.</summary>
internal sealed class Frames(Stream stream)
{
    public const int MostBytes = 16 << 20;

    private byte[] _buffer = new byte[1 << 20];
    private int _start, _end;

    /// <summary>Bytes taken so far.</summary>
    public long Position { get; private set; }

    /// <returns>False at the end, at a piece that was not written whole, and at a length that none has.</returns>
    public bool TryNext(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (!TryTake(sizeof(int), out var length)) return false;
        var size = BinaryPrimitives.ReadInt32BigEndian(length);
        return size is > 0 and <= MostBytes && TryTake(size, out frame);
    }

    /// <param name="bytes">Valid until the next call.</param>
    public bool TryTake(int size, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!Fill(size)) return false;
        bytes = _buffer.AsSpan(_start, size);
        _start += size;
        Position += size;
        return true;
    }

    private bool Fill(int size)
    {
        if (_end - _start >= size) return true;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_buffer.Length < size) Array.Resize(ref _buffer, size);
        while (_end < size)
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }
}

using System.Buffers.Binary;

namespace Grid.Protocol.Link.Frames;

/// <summary>Numbers and authenticates the frames of one direction.</summary>
internal sealed class FrameWriter(FrameCode code) : IDisposable
{
    private readonly byte[] _buffer = new byte[Limits.MaxFrameBytes];
    private ulong _sequence;

    /// <returns>The frame, valid until the next call.</returns>
    public ReadOnlyMemory<byte> Write(uint stream, FrameKind kind, ReadOnlySpan<byte> data)
    {
        var codeAt = FrameLayout.DataAt + data.Length;
        BinaryPrimitives.WriteUInt64BigEndian(_buffer, _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(FrameLayout.StreamAt), stream);
        _buffer[FrameLayout.KindAt] = (byte)kind;
        data.CopyTo(_buffer.AsSpan(FrameLayout.DataAt));
        code.Compute(_buffer.AsSpan(0, codeAt), _buffer.AsSpan(codeAt, FrameLayout.CodeBytes));
        return _buffer.AsMemory(0, codeAt + FrameLayout.CodeBytes);
    }

    public void Dispose() => code.Dispose();
}

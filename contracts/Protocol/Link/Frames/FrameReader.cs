using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grid.Protocol.Link.Frames;

/// <summary>Believes a frame only with the right code and exactly the next sequence.</summary>
internal sealed class FrameReader(FrameCode code) : IDisposable
{
    private ulong _nextSequence;

    /// <exception cref="LinkException">Too short or long, forged, or not the next one.</exception>
    public Frame Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < FrameLayout.OverheadBytes)
            throw new LinkException(LinkCloseReason.MalformedFrame, $"A frame has at least {FrameLayout.OverheadBytes} bytes, not {bytes.Length}.");
        if (bytes.Length > Limits.MaxFrameBytes)
            throw new LinkException(LinkCloseReason.FrameTooLarge, $"A frame has at most {Limits.MaxFrameBytes} bytes, not {bytes.Length}.");
        Verify(bytes.Span);

        var sequence = BinaryPrimitives.ReadUInt64BigEndian(bytes.Span);
        if (sequence != _nextSequence)
            throw new LinkException(
                LinkCloseReason.SequenceBroken,
                $"The next frame is {_nextSequence}, but {sequence} came: repeated, left out or reordered.");
        _nextSequence++;
        var stream = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[FrameLayout.StreamAt..]);
        return new Frame(stream, (FrameKind)bytes.Span[FrameLayout.KindAt], bytes[FrameLayout.DataAt..^FrameLayout.CodeBytes]);
    }

    public void Dispose() => code.Dispose();

    private void Verify(ReadOnlySpan<byte> bytes)
    {
        Span<byte> expected = stackalloc byte[FrameLayout.CodeBytes];
        code.Compute(bytes[..^FrameLayout.CodeBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[^FrameLayout.CodeBytes..]))
            throw new LinkException(LinkCloseReason.ForgedFrame, "A frame's code is wrong: forged, or changed on the way.");
    }
}

/// <param name="Data">Valid until the next frame is received.</param>
internal readonly record struct Frame(uint Stream, FrameKind Kind, ReadOnlyMemory<byte> Data);

using System.Buffers.Binary;

namespace Grid.Protocol.Link.Frames;

/// <summary>Credit on the wire: four bytes, big-endian.</summary>
internal static class CreditFrames
{
    public static OutgoingFrame Create(uint stream, int bytes)
    {
        var data = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(data, (uint)bytes);
        return new OutgoingFrame(stream, FrameKind.Credit, data);
    }

    public static uint Read(Frame frame) => frame.Data.Length == sizeof(uint)
        ? BinaryPrimitives.ReadUInt32BigEndian(frame.Data.Span)
        : throw new LinkException(LinkCloseReason.MalformedFrame, $"A credit has 4 bytes, not {frame.Data.Length}.");

    public static LinkException Excess(uint stream) =>
        new(LinkCloseReason.CreditOverrun, $"The peer gave credit on stream {stream} for bytes that it can't have received.");
}

using System.Buffers.Binary;

namespace Grid.Protocol.Signing;

/// <summary>A number as a 32-byte big-endian word.</summary>
internal static class AbiWord
{
    public const int SizeBytes = 32;

    public static void Write(Span<byte> destination, uint value)
    {
        destination[..SizeBytes].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(destination[(SizeBytes - sizeof(uint))..], value);
    }
}

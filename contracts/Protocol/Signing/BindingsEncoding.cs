using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Grid.Protocol.Signing;

/// <summary>
/// The canonical bytes of bindings: version 1, then big-endian <c>cpuMillis</c> (8), <c>memoryMib</c> (8), and three lists, each a count (4) and its
/// items sorted by their text in ordinal order: devices (uuid, share 4), disk (class, MiB 8), ports (service, port 2). Text is its length (4) and UTF-8.
/// </summary>
internal static class BindingsEncoding
{
    private const byte Version = 1;

    public static byte[] Encode(Bindings bindings)
    {
        var output = new ArrayBufferWriter<byte>(256);
        output.Write([Version]);
        WriteInt64(output, bindings.CpuMillis);
        WriteInt64(output, bindings.MemoryMib);
        WriteDevices(output, bindings.Devices);
        WriteDisk(output, bindings.Disk);
        WritePorts(output, bindings.Ports);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteDevices(ArrayBufferWriter<byte> output, IReadOnlyList<BoundDevice> devices)
    {
        WriteUInt32(output, (uint)devices.Count);
        foreach (var device in devices.OrderBy(device => device.Uuid, StringComparer.Ordinal))
        {
            WriteText(output, device.Uuid);
            WriteUInt32(output, device.SharePpm);
        }
    }

    private static void WriteDisk(ArrayBufferWriter<byte> output, IReadOnlyList<BoundDisk> disks)
    {
        WriteUInt32(output, (uint)disks.Count);
        foreach (var disk in disks.OrderBy(disk => disk.Class, StringComparer.Ordinal))
        {
            WriteText(output, disk.Class);
            WriteInt64(output, disk.SizeMib);
        }
    }

    private static void WritePorts(ArrayBufferWriter<byte> output, IReadOnlyList<BoundPort> ports)
    {
        WriteUInt32(output, (uint)ports.Count);
        foreach (var port in ports.OrderBy(port => port.Service, StringComparer.Ordinal).ThenBy(port => port.Port))
        {
            WriteText(output, port.Service);
            BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(sizeof(ushort)), port.Port);
            output.Advance(sizeof(ushort));
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        WriteUInt32(output, (uint)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    private static void WriteUInt32(ArrayBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    private static void WriteInt64(ArrayBufferWriter<byte> output, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }
}

using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Grid.Silo.Links;

/// <summary>The smoothed round trip that the kernel keeps of a connection: no message of its own is needed.</summary>
internal static class TcpRoundTrip
{
    private const int ProtocolTcp = 6;
    private const int TcpInfo = 11;
    private const int RttOffset = 68;
    private const int InfoBytes = 104;

    /// <returns>Milliseconds, at least 1; 0 where the system does not say.</returns>
    public static int MeasureMs(HttpContext http)
    {
        if (!OperatingSystem.IsLinux() || http.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket) return 0;
        try
        {
            Span<byte> info = stackalloc byte[InfoBytes];
            var length = socket.GetRawSocketOption(ProtocolTcp, TcpInfo, info);
            if (length < RttOffset + sizeof(uint)) return 0;
            var microseconds = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(info[RttOffset..]) : BinaryPrimitives.ReadUInt32BigEndian(info[RttOffset..]);
            return (int)Math.Max(1, microseconds / 1000);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }
}

namespace Grid.Silo.Relays;

internal static class Limits
{
    /// <summary>Ports of one lease that tenants reach.</summary>
    public const int PortsPerLease = 256;

    /// <summary>Ports of all leases together.</summary>
    public const int Listeners = 16_384;

    public const int ConnectionsPerPort = 64;

    public const int Backlog = 64;

    public const int CopyBufferBytes = 32 * 1024;

    /// <summary>Leases whose ports are looked up at the same time.</summary>
    public const int LookupsAtOnce = 8;

    /// <summary>Ports of the range that are tried before a port is left out.</summary>
    public const int TriesPerPort = 256;
}

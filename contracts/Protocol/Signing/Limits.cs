namespace Grid.Protocol.Signing;

/// <summary>Bounds on what one acceptance binds; the wire is refused beyond them.</summary>
public static class Limits
{
    public const int MaxDevicesPerLease = 64;

    public const int MaxDeviceUuidLength = 128;

    public const int MaxPortsPerLease = 256;

    public const int MaxServiceNameLength = 64;
}

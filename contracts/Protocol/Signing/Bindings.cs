using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>What one fencing token binds on its node; the node refuses what its own ledger has bound already.</summary>
/// <param name="Devices">Each uuid once. The order does not matter: the canonical form sorts by uuid.</param>
/// <param name="Disk">Each class once.</param>
/// <param name="Ports">Each exposed port of a service once.</param>
public sealed record Bindings(
    IReadOnlyList<BoundDevice> Devices,
    long CpuMillis,
    long MemoryMib,
    IReadOnlyList<BoundDisk> Disk,
    IReadOnlyList<BoundPort> Ports)
{
    public static Bindings Empty { get; } = new([], 0, 0, [], []);

    /// <summary>SHA-256 of <see cref="BindingsEncoding"/>: the same for any order of the lists.</summary>
    public Hash256 Hash() => ContentHash.Of(BindingsEncoding.Encode(this));

    /// <summary>False beyond <see cref="Limits"/>, for amounts below zero, and where a device, class or port is named twice.</summary>
    public bool IsWellFormed() =>
        CpuMillis >= 0 && MemoryMib >= 0
        && IsBounded(Devices, Limits.MaxDevicesPerLease) && Devices.All(device => device.IsWellFormed())
        && IsBounded(Disk, Limits.MaxDiskClassesPerLease) && Disk.All(disk => disk.IsWellFormed())
        && IsBounded(Ports, Limits.MaxPortsPerLease) && Ports.All(port => port.IsWellFormed())
        && IsDistinct(Devices.Select(device => device.Uuid))
        && IsDistinct(Disk.Select(disk => disk.Class))
        && IsDistinct(Ports);

    private static bool IsBounded<T>(IReadOnlyList<T>? items, int max) => items is not null && items.Count <= max && !items.Any(item => item is null);

    private static bool IsDistinct<T>(IEnumerable<T> items)
    {
        var seen = new HashSet<T>();
        return items.All(seen.Add);
    }
}

/// <param name="Uuid">As the driver reports it.</param>
/// <param name="SharePpm">Millionths of the device; 1 000 000 is the whole of it.</param>
public sealed record BoundDevice(string Uuid, uint SharePpm = BoundDevice.WholePpm)
{
    public const uint WholePpm = 1_000_000;

    internal bool IsWellFormed() => Uuid is { Length: > 0 and <= Limits.MaxDeviceUuidLength } && SharePpm is > 0 and <= WholePpm;
}

/// <param name="Class">A storage class of the manifest: <c>default</c>, <c>beta1</c>, <c>beta2</c>, <c>beta3</c> or <c>ram</c>.</param>
public sealed record BoundDisk(string Class, long SizeMib)
{
    internal bool IsWellFormed() => Class is { Length: > 0 and <= Limits.MaxDiskClassLength } && SizeMib >= 0;
}

/// <summary>A port of a service that the operator relays to.</summary>
public sealed record BoundPort(string Service, ushort Port)
{
    internal bool IsWellFormed() => Service is { Length: > 0 and <= Limits.MaxServiceNameLength } && Port > 0;
}

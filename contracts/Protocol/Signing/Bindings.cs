using Grid.Chain.Crypto;
using Grid.Protocol.Offers;

namespace Grid.Protocol.Signing;

/// <summary>What one fencing token binds on its node; the node refuses what its own ledger has bound already.</summary>
/// <param name="Devices">Each uuid once. The order does not matter: the canonical form sorts by uuid.</param>
/// <param name="Ports">Each exposed port of a service once.</param>
public sealed record Bindings(
    IReadOnlyList<BoundDevice> Devices,
    long CpuMillis,
    long MemoryMib,
    StorageAmounts StorageMib,
    IReadOnlyList<BoundPort> Ports)
{
    public static Bindings Empty { get; } = new([], 0, 0, default, []);

    /// <summary>SHA-256 of <see cref="BindingsEncoding"/>: the same for any order of the lists.</summary>
    public Hash256 Hash() => ContentHash.Of(BindingsEncoding.Encode(this));

    /// <summary>False beyond <see cref="Limits"/>, for amounts out of range, and where a device or port is named twice.</summary>
    public bool IsWellFormed() =>
        new ResourceAmounts(CpuMillis, MemoryMib, StorageMib, GpuMillis: 0, Ports: 0).IsWithinBounds
        && IsBounded(Devices, Limits.MaxDevicesPerLease) && Devices.All(device => device.IsWellFormed())
        && IsBounded(Ports, Limits.MaxPortsPerLease) && Ports.All(port => port.IsWellFormed())
        && IsDistinct(Devices.Select(device => device.Uuid))
        && IsDistinct(Ports);

    private static bool IsBounded<T>(IReadOnlyList<T>? items, int max) => items is not null && items.Count <= max && !items.Any(item => item is null);

    private static bool IsDistinct<T>(IEnumerable<T> items)
    {
        var seen = new HashSet<T>();
        return items.All(seen.Add);
    }
}

/// <param name="Uuid">As the driver reports it.</param>
/// <param name="ShareMillis">Thousandths of the device; 1000 is the whole of it.</param>
public sealed record BoundDevice(string Uuid, int ShareMillis = BoundDevice.WholeMillis)
{
    public const int WholeMillis = 1000;

    internal bool IsWellFormed() => Uuid is { Length: > 0 and <= Limits.MaxDeviceUuidLength } && ShareMillis is > 0 and <= WholeMillis;
}

/// <summary>A port of a service that the operator relays to.</summary>
public sealed record BoundPort(string Service, ushort Port)
{
    internal bool IsWellFormed() => Service is { Length: > 0 and <= Limits.MaxServiceNameLength } && Port > 0;
}

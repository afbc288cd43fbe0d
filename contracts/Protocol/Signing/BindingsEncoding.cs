namespace Grid.Protocol.Signing;

/// <summary>The canonical bytes of bindings: devices sorted by uuid, ports by service and number, texts compared by their UTF-16 units.</summary>
internal static class BindingsEncoding
{
    private const string Domain = "grid.bindings.v1";

    public static ReadOnlySpan<byte> Encode(Bindings bindings)
    {
        var storage = bindings.StorageMib;
        var bytes = new CanonicalBytes().Text(Domain)
            .Int64(bindings.CpuMillis).Int64(bindings.MemoryMib)
            .Int64(storage.Default).Int64(storage.Hdd).Int64(storage.Ssd).Int64(storage.Nvme)
            .Int32(bindings.Devices.Count);
        foreach (var device in bindings.Devices.OrderBy(device => device.Uuid, StringComparer.Ordinal)) bytes.Text(device.Uuid).Int32(device.ShareMillis);
        bytes.Int32(bindings.Ports.Count);
        foreach (var port in bindings.Ports.OrderBy(port => port.Service, StringComparer.Ordinal).ThenBy(port => port.Port))
            bytes.Text(port.Service).Int32(port.Port);
        return bytes.Written;
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Providers;

/// <summary>A ledger as base64 of its packed entries: about a hundred bytes each, a fifth of their JSON.</summary>
public sealed class PackedLedgerJsonConverter : JsonConverter<CapacityLedger>
{
    public override CapacityLedger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var packed = new PackedReader(reader.GetBytesFromBase64());
        var entries = ImmutableSortedDictionary.CreateBuilder<LeaseId, CapacityEntry>();
        while (!packed.IsAtEnd) entries[new LeaseId(packed.Id())] = ReadEntry(ref packed);
        return new CapacityLedger { Entries = entries.ToImmutable() };
    }

    public override void Write(Utf8JsonWriter writer, CapacityLedger value, JsonSerializerOptions options)
    {
        var packed = PackedWriter.Begin();
        foreach (var (lease, entry) in value.Entries)
        {
            packed.Id(lease.Value);
            WriteEntry(packed, entry);
        }

        writer.WriteBase64StringValue(packed.Written);
    }

    private static void WriteEntry(PackedWriter packed, CapacityEntry entry)
    {
        packed.Id(entry.Order.Value);
        packed.Flag(entry.IsPretended);
        packed.Flag(entry.ExpiresAt is not null);
        if (entry.ExpiresAt is { } expiry) packed.Time(expiry);
        WriteAmounts(packed, entry.Amounts);
        WriteBindings(packed, entry.Bindings);
    }

    private static CapacityEntry ReadEntry(ref PackedReader packed)
    {
        var order = new OrderId(packed.Id());
        var isPretended = packed.Flag();
        DateTimeOffset? expiry = packed.Flag() ? packed.Time() : null;
        var amounts = ReadAmounts(ref packed);
        return new CapacityEntry(order, ReadBindings(ref packed), amounts, isPretended, expiry);
    }

    private static void WriteAmounts(PackedWriter packed, in ResourceAmounts amounts)
    {
        packed.Number(amounts.CpuMillis);
        packed.Number(amounts.MemoryMib);
        WriteStorage(packed, amounts.StorageMib);
        packed.Number(amounts.GpuMillis);
        packed.Number(amounts.Ports);
    }

    private static ResourceAmounts ReadAmounts(ref PackedReader packed) =>
        new(packed.Number(), packed.Number(), ReadStorage(ref packed), packed.Number(), (int)packed.Number());

    private static void WriteStorage(PackedWriter packed, in StorageAmounts storage)
    {
        packed.Number(storage.Default);
        packed.Number(storage.Hdd);
        packed.Number(storage.Ssd);
        packed.Number(storage.Nvme);
    }

    private static StorageAmounts ReadStorage(ref PackedReader packed) => new(packed.Number(), packed.Number(), packed.Number(), packed.Number());

    private static void WriteBindings(PackedWriter packed, Bindings bindings)
    {
        packed.Number(bindings.Devices.Count);
        foreach (var device in bindings.Devices)
        {
            packed.Text(device.Uuid);
            packed.Number(device.ShareMillis);
        }

        packed.Number(bindings.CpuMillis);
        packed.Number(bindings.MemoryMib);
        WriteStorage(packed, bindings.StorageMib);
        packed.Number(bindings.Ports.Count);
        foreach (var port in bindings.Ports)
        {
            packed.Text(port.Service);
            packed.Number(port.Port);
        }
    }

    private static Bindings ReadBindings(ref PackedReader packed)
    {
        var devices = new BoundDevice[packed.Count()];
        for (var i = 0; i < devices.Length; i++) devices[i] = new BoundDevice(packed.Text(), (int)packed.Number());
        var (cpuMillis, memoryMib, storageMib) = (packed.Number(), packed.Number(), ReadStorage(ref packed));
        var ports = new BoundPort[packed.Count()];
        for (var i = 0; i < ports.Length; i++) ports[i] = new BoundPort(packed.Text(), (ushort)packed.Number());
        return new Bindings(devices, cpuMillis, memoryMib, storageMib, ports);
    }
}

using System.Collections.Immutable;
using Grid.Pricing;
using Grid.Protocol.Offers;

namespace Grid.Providers;

/// <summary>How much of each thing that has a price a provider offers, and how much of it is taken.</summary>
public static class ProviderUse
{
    /// <returns>Cores in thousandths, memory and disk in MiB, GPUs of each model in thousandths.</returns>
    public static ImmutableArray<(string Key, Utilization Use)> Of(ProviderOffering offering, DateTimeOffset now)
    {
        var (all, free) = (offering.Terms.Capacity, offering.FreeAt(now));
        return
        [
            (PriceKeys.Cpu, new Utilization(all.CpuMillis, all.CpuMillis - free.CpuMillis)),
            (PriceKeys.Memory, new Utilization(all.MemoryMib, all.MemoryMib - free.MemoryMib)),
            (PriceKeys.Storage, new Utilization(all.StorageMib.Total, all.StorageMib.Total - free.StorageMib.Total)),
            .. offering.Terms.Devices
                .GroupBy(static device => device.Model)
                .OrderBy(static devices => devices.Key, StringComparer.Ordinal)
                .Select(devices =>
                    (devices.Key, devices.Aggregate(default(Utilization), (sum, device) => sum + OfDevice(offering, device, now)))),
        ];
    }

    private static Utilization OfDevice(ProviderOffering offering, OfferedDevice device, DateTimeOffset now) =>
        new(OfferedDevice.WholeMillis, Math.Min(OfferedDevice.WholeMillis, offering.BoundOf(device, now)));
}

using Grid.Protocol.Catalogue;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Providers;

/// <summary>What a provider's devices count for in rewards. A model that the catalogue does not know counts for nothing.</summary>
public static class RewardUnits
{
    public static ProviderUnits Of(OfferTerms terms, CapacityLedger ledger)
    {
        var leased = 0L;
        foreach (var (_, entry) in ledger.Entries)
        {
            // A hold that may still expire is no lease.
            if (entry.ExpiresAt is not null) continue;
            foreach (var device in entry.Bindings.Devices) leased += (long)MultiplierMilli(terms, device.Uuid) * device.ShareMillis / BoundDevice.WholeMillis;
        }

        var capacity = terms.Devices.Sum(static device => (long)MultiplierMilli(device));
        return new ProviderUnits((uint)Math.Min(leased, capacity), (uint)capacity);
    }

    private static int MultiplierMilli(OfferTerms terms, string uuid) => terms.Devices.FirstOrDefault(device => device.Uuid == uuid) is { } device ? MultiplierMilli(device) : 0;

    private static int MultiplierMilli(OfferedDevice device) => GpuCatalogue.Standard.Find(device.Model)?.MultiplierMilli ?? 0;
}

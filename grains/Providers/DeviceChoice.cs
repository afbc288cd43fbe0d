using System.Collections.Immutable;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Providers;

/// <summary>Which of a provider's devices a lease binds.</summary>
public static class DeviceChoice
{
    /// <summary>Whole devices are taken free, in the order of their uuids; a share goes to the fullest device that still has room, so that whole ones stay whole.</summary>
    /// <returns>Null where not enough is free.</returns>
    public static ImmutableArray<BoundDevice>? Choose(
        OfferTerms terms, CapacityLedger ledger, BoundElsewhere elsewhere, string gpuModel, long gpuMillis, DateTimeOffset now)
    {
        if (gpuMillis == 0) return [];
        var free = terms.Devices
            .Where(device => device.Model == gpuModel)
            .Select(device => (Device: device, BoundMillis: ledger.BoundOfDevice(device.Uuid, now) + elsewhere.ShareOf(device.Uuid)))
            .Select(static bound => (bound.Device, FreeMillis: Math.Max(0, BoundDevice.WholeMillis - bound.BoundMillis)))
            .ToArray();
        var chosen = ImmutableArray.CreateBuilder<BoundDevice>();
        foreach (var (device, freeMillis) in free)
        {
            if (chosen.Count * (long)OfferedDevice.WholeMillis + OfferedDevice.WholeMillis > gpuMillis) break;
            if (freeMillis == BoundDevice.WholeMillis) chosen.Add(new BoundDevice(device.Uuid));
        }

        var rest = gpuMillis - chosen.Count * (long)OfferedDevice.WholeMillis;
        if (rest == 0) return chosen.ToImmutable();
        if (rest >= OfferedDevice.WholeMillis) return null;
        var share = (int)rest;
        var host = free
            .Where(entry => entry.Device.IsShareable && rest <= entry.Device.MaxShareMillis && entry.FreeMillis >= share && chosen.All(whole => whole.Uuid != entry.Device.Uuid))
            .OrderBy(static entry => entry.FreeMillis).ThenBy(static entry => entry.Device.Uuid, StringComparer.Ordinal)
            .Select(static entry => entry.Device)
            .FirstOrDefault();
        if (host is null) return null;
        chosen.Add(new BoundDevice(host.Uuid, share));
        return chosen.ToImmutable();
    }
}

using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>What changes about a provider between two versions of its terms.</summary>
/// <param name="Free">CPU, memory, disk and ports that nothing is held or leased of; GPUs are in <paramref name="Devices"/>.</param>
/// <param name="Devices">Those that may be leased now; one that is missing is offline or draining.</param>
/// <param name="Auditors">Whose unexpired signatures were verified, sorted.</param>
/// <param name="RoundTripMs"><see cref="OfferRows.UnmeasuredRoundTripMs"/> until it was measured.</param>
public sealed record LiveOffer(
    ResourceAmounts Free,
    ImmutableArray<FreeDevice> Devices,
    ProviderStanding Standing,
    ImmutableArray<Address> Auditors,
    int RoundTripMs);

/// <param name="FreeMillis">Thousandths of the device that are neither held nor leased.</param>
public sealed record FreeDevice(string Uuid, int FreeMillis, int FreeVramPercent);

/// <summary>The listings of one provider: one for each of its GPU models, or one without a GPU.</summary>
public static class OfferRows
{
    /// <summary>Fails every demand for a round trip.</summary>
    public const int UnmeasuredRoundTripMs = int.MaxValue;

    /// <returns>Sorted by model.</returns>
    public static ImmutableArray<OfferRow> Of(OfferTerms terms, Hash256 termsHash, LiveOffer live)
    {
        if (terms.Devices.IsEmpty) return [RowOf(terms, termsHash, live, GpuListing.None, 0)];
        return
        [
            .. terms.Devices
                .GroupBy(device => device.Model)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => RowOf(terms, termsHash, live, [.. group])),
        ];
    }

    private static OfferRow RowOf(OfferTerms terms, Hash256 termsHash, LiveOffer live, ImmutableArray<OfferedDevice> devices)
    {
        var free = devices.Select(device => (Device: device, Free: live.Devices.FirstOrDefault(candidate => candidate.Uuid == device.Uuid))).ToArray();
        var listing = new GpuListing(
            devices[0].Model,
            devices[0].Vendor,
            devices.All(device => device.Interface == devices[0].Interface) ? devices[0].Interface : null,
            devices.Min(device => device.VramMib),
            free.Max(entry => entry.Free?.FreeVramPercent ?? 0),
            free.Count(entry => entry.Free?.FreeMillis == OfferedDevice.WholeMillis),
            free.Max(entry => entry.Device.IsShareable ? Math.Min(entry.Device.MaxShareMillis, entry.Free?.FreeMillis ?? 0) : 0),
            devices.Any(device => device.IsPretended));
        return RowOf(terms, termsHash, live, listing, free.Sum(entry => (long)(entry.Free?.FreeMillis ?? 0)));
    }

    private static OfferRow RowOf(OfferTerms terms, Hash256 termsHash, LiveOffer live, GpuListing listing, long freeGpuMillis) => new(
        terms.Provider,
        terms.Owner,
        termsHash,
        terms.Region,
        terms.Zone,
        terms.Mode,
        terms.Architecture,
        terms.Isolation,
        terms.Token,
        UnitPrices.Of(terms.Prices, listing.Model),
        live.Free with { GpuMillis = freeGpuMillis },
        listing,
        live.Standing,
        terms.Attributes,
        live.Auditors,
        terms.ComplianceLabels,
        terms.BandwidthMbps,
        live.RoundTripMs,
        terms.MaxRunAheadSeconds,
        terms.AllowsHostImage);
}

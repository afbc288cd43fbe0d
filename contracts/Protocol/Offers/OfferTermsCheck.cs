using System.Collections.Immutable;
using System.Text;

namespace Grid.Protocol.Offers;

/// <summary>Checks terms that came from outside against <see cref="OfferLimits"/> and the order that hashing needs.</summary>
public static class OfferTermsCheck
{
    /// <returns>Null when the terms are sound, else the field, its value and what was expected.</returns>
    public static string? Fault(OfferTerms terms) =>
        ListFault(terms) ?? TextFault(terms) ?? PriceFault(terms.Prices) ?? CapacityFault(terms) ?? DeviceFault(terms) ?? AttributeFault(terms);

    private static string? ListFault(OfferTerms terms) =>
        Count("devices", terms.Devices, OfferLimits.MaxDevices)
        ?? Count("attributes", terms.Attributes, OfferLimits.MaxAttributes)
        ?? Count("audits", terms.Audits, OfferLimits.MaxAudits)
        ?? Count("complianceLabels", terms.ComplianceLabels, OfferLimits.MaxComplianceLabels)
        ?? Count("prices.gpus", terms.Prices.Gpus, OfferLimits.MaxDevices);

    private static string? Count<T>(string field, ImmutableArray<T> list, int most)
    {
        if (list.IsDefault) return $"{field} is missing: list it, empty if there is none.";
        return list.Length > most ? $"{field} has {list.Length} entries; at most {most} are allowed." : null;
    }

    private static string? TextFault(OfferTerms terms)
    {
        if (terms.Region.Length == 0) return "region is empty: name one of the region catalogue.";
        if (terms.Token.Length == 0) return "token is empty: name the token that the prices are in.";
        return Text("region", terms.Region) ?? Text("zone", terms.Zone) ?? Text("token", terms.Token);
    }

    private static string? Text(string field, string value, int mostBytes = OfferLimits.MaxTextBytes)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        return size > mostBytes ? $"{field} has {size} bytes; at most {mostBytes} are allowed." : null;
    }

    private static string? PriceFault(OfferPrices prices)
    {
        var fault = Rate("prices.perCore", prices.PerCore.MicroUnits) ?? Rate("prices.perGibMemory", prices.PerGibMemory.MicroUnits)
            ?? Rate("prices.perGibStorage.default", prices.PerGibStorage.Default) ?? Rate("prices.perGibStorage.hdd", prices.PerGibStorage.Hdd)
            ?? Rate("prices.perGibStorage.ssd", prices.PerGibStorage.Ssd) ?? Rate("prices.perGibStorage.nvme", prices.PerGibStorage.Nvme);
        if (fault is not null) return fault;
        foreach (var gpu in prices.Gpus)
        {
            fault = Text("prices.gpus.model", gpu.Model, OfferLimits.MaxModelBytes) ?? Rate($"prices.gpus.{gpu.Model}", gpu.PerGpu.MicroUnits);
            if (fault is not null) return fault;
        }

        return IsSorted(prices.Gpus, static price => price.Model) ? GuidedFault(prices)
            : "prices.gpus is not sorted by model without repeats: sort it.";
    }

    private static string? GuidedFault(OfferPrices prices)
    {
        if (prices.Guided is not { } guided) return null;
        if (Count("prices.guided", guided, OfferLimits.MaxGuidedPrices) is { } tooMany) return tooMany;
        foreach (var price in guided)
        {
            var field = $"prices.guided.{price.Key}";
            if (Text("prices.guided.key", price.Key, OfferLimits.MaxModelBytes) is { } fault) return fault;
            if (prices[price.Key] is not { } floor) return $"{field} follows a price that prices does not list: list its floor.";
            if (PriceKeys.BaseOf(price.Key) is null) return $"{field} has no guide price: give it a fixed one.";
            if (Rate($"{field}.ceiling", price.Ceiling.MicroUnits) is { } bad) return bad;
            if (price.Ceiling < floor) return $"{field}.ceiling is {price.Ceiling}, below the listed floor of {floor}: raise it.";
        }

        return IsSorted(guided, static price => price.Key) ? null : "prices.guided is not sorted by key without repeats: sort it.";
    }

    private static string? Rate(string field, long rate) => rate is >= 0 and <= OfferLimits.MaxUnitRate
        ? null
        : $"{field} is {rate} micro-units per hour; expected 0 to {OfferLimits.MaxUnitRate}.";

    private static string? CapacityFault(OfferTerms terms)
    {
        if (!terms.Capacity.IsWithinBounds) return $"capacity is {terms.Capacity}; every amount must be 0 to {ResourceAmounts.MaxAmount}.";
        if (terms.BandwidthMbps is < 0 or > OfferLimits.MaxBandwidthMbps) return $"bandwidthMbps is {terms.BandwidthMbps}; expected 0 to {OfferLimits.MaxBandwidthMbps}.";
        return terms.MaxRunAheadSeconds < 0 ? $"maxRunAheadSeconds is {terms.MaxRunAheadSeconds}; expected 0 or more." : null;
    }

    private static string? DeviceFault(OfferTerms terms)
    {
        foreach (var device in terms.Devices)
        {
            var fault = Text("devices.uuid", device.Uuid) ?? Text("devices.vendor", device.Vendor) ?? Text("devices.model", device.Model, OfferLimits.MaxModelBytes);
            if (fault is not null) return fault;
            if (device.VramMib is <= 0 or > OfferLimits.MaxVramMib) return $"devices.{device.Uuid}.vramMib is {device.VramMib}; expected 1 to {OfferLimits.MaxVramMib}.";
            if (device.MaxShareMillis is <= 0 or > OfferedDevice.WholeMillis) return $"devices.{device.Uuid}.maxShareMillis is {device.MaxShareMillis}; expected 1 to 1000.";
            if (terms.Prices.PerGpu(device.Model) is null) return $"prices.gpus names no price for {device.Model}, which devices lists: add one.";
        }

        return IsSorted(terms.Devices, static device => device.Uuid) ? null : "devices is not sorted by uuid without repeats: sort it.";
    }

    private static string? AttributeFault(OfferTerms terms)
    {
        foreach (var attribute in terms.Attributes)
        {
            var fault = Text("attributes.key", attribute.Key) ?? Text($"attributes.{attribute.Key}", attribute.Value);
            if (fault is not null) return fault;
        }

        foreach (var audit in terms.Audits)
            if (audit.Signature.IsDefault || audit.Signature.Length > OfferLimits.MaxSignatureBytes) return $"audits.{audit.Auditor}.signature needs at most {OfferLimits.MaxSignatureBytes} bytes.";
        foreach (var label in terms.ComplianceLabels)
            if (Text("complianceLabels", label) is { } fault) return fault;
        return IsSorted(terms.ComplianceLabels, static label => label) ? null : "complianceLabels is not sorted without repeats: sort it.";
    }

    private static bool IsSorted<T>(ImmutableArray<T> list, Func<T, string> key)
    {
        for (var i = 1; i < list.Length; i++)
            if (string.CompareOrdinal(key(list[i - 1]), key(list[i])) >= 0) return false;
        return true;
    }
}

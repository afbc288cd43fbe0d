using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>The hard filters of one order in the order of <see cref="HardFilter"/>, the price ceiling aside. Allocates nothing.</summary>
internal readonly struct ListingFilter(MatchRequirement requirement, bool acceptsPretendedGpus)
{
    public const int Passed = -1;

    private readonly bool _needsGpu = requirement.Amounts.GpuMillis > 0;
    private readonly ResourceAmounts _amounts = requirement.Amounts;
    private readonly long _storageMib = requirement.Amounts.StorageMib.Total;
    private readonly int _wholeGpus = requirement.LargestGpuShareMillis >= OfferedDevice.WholeMillis
        ? (int)(requirement.Amounts.GpuMillis / OfferedDevice.WholeMillis)
        : 0;

    public int FirstExclusion(in Listing listing, OfferRow row)
    {
        var excludedBy = Machine(in listing, row);
        if (excludedBy == Passed && _needsGpu) excludedBy = Gpu(in listing);
        if (excludedBy == Passed) excludedBy = Capacity(in listing);
        if (excludedBy == Passed) excludedBy = Place(in listing, row);
        if (excludedBy == Passed) excludedBy = Trust(in listing, row);
        return excludedBy == Passed ? Terms(in listing) : excludedBy;
    }

    private int Machine(in Listing listing, OfferRow row)
    {
        if (_needsGpu && listing.IsPretended && !acceptsPretendedGpus) return (int)HardFilter.PretendedGpu;
        if (requirement.Mode is { } mode && listing.Mode != mode) return (int)HardFilter.Mode;
        if (requirement.Architecture is { } architecture && listing.Architecture != architecture) return (int)HardFilter.Architecture;
        return requirement.CpuModels.IsEmpty || HasCpu(row) ? Passed : (int)HardFilter.Architecture;
    }

    private int Gpu(in Listing listing)
    {
        if (listing.GpuModel.Length == 0) return (int)HardFilter.GpuModel;
        var excludedBy = requirement.Gpus.IsEmpty ? Passed : AnyAlternative(in listing);
        if (excludedBy != Passed) return excludedBy;
        if (listing.FreeVramPercent < requirement.FreeVram.MinPercent || listing.FreeVramPercent > requirement.FreeVram.MaxPercent) return (int)HardFilter.GpuVram;
        return HasGpus(in listing) ? Passed : (int)HardFilter.GpuCount;
    }

    /// <summary>Passed if one alternative fits, else the filter at which the one that came furthest failed.</summary>
    private int AnyAlternative(in Listing listing)
    {
        var furthest = (int)HardFilter.GpuModel;
        foreach (var wanted in requirement.Gpus)
        {
            if (wanted.Vendor.Length > 0 && wanted.Vendor != listing.GpuVendor) continue;
            if (wanted.Model.Length > 0 && wanted.Model != listing.GpuModel) continue;
            if (listing.VramMib < wanted.MinVramMib) furthest = Math.Max(furthest, (int)HardFilter.GpuVram);
            else if (wanted.Interface is { } wantedInterface && wantedInterface != listing.GpuInterface) furthest = (int)HardFilter.GpuInterface;
            else return Passed;
        }

        return furthest;
    }

    private bool HasGpus(in Listing listing) => _wholeGpus > 0
        ? listing.WholeFreeGpus >= _wholeGpus && listing.Free.GpuMillis >= _amounts.GpuMillis
        : listing.LargestFreeShareMillis >= requirement.LargestGpuShareMillis && listing.Free.GpuMillis >= _amounts.GpuMillis;

    private int Capacity(in Listing listing)
    {
        if (listing.Free.CpuMillis < _amounts.CpuMillis) return (int)HardFilter.Cpu;
        if (listing.Free.MemoryMib < _amounts.MemoryMib) return (int)HardFilter.Memory;
        if (listing.StorageMib < _storageMib) return (int)HardFilter.Storage;
        if (!listing.Free.StorageMib.Covers(_amounts.StorageMib)) return (int)HardFilter.StorageClass;
        return listing.Free.Ports < _amounts.Ports ? (int)HardFilter.Ports : Passed;
    }

    private int Place(in Listing listing, OfferRow row)
    {
        if (!requirement.Regions.IsEmpty && !Names(requirement.Regions, listing.Region)) return (int)HardFilter.Region;
        if (!requirement.ExcludedRegions.IsEmpty && Names(requirement.ExcludedRegions, listing.Region)) return (int)HardFilter.ExcludedRegion;
        if (!requirement.Providers.IsEmpty && !Names(requirement.Providers, row.Provider)) return (int)HardFilter.Provider;
        return !requirement.ExcludedProviders.IsEmpty && Names(requirement.ExcludedProviders, row.Provider) ? (int)HardFilter.ExcludedProvider : Passed;
    }

    private int Trust(in Listing listing, OfferRow row)
    {
        if (requirement.TrustTiers != 0 && (requirement.TrustTiers >> listing.TrustTier & 1) == 0) return (int)HardFilter.TrustTier;
        foreach (var attribute in requirement.Attributes)
            if (!Has(row.Attributes, attribute)) return (int)HardFilter.Attributes;
        if (!requirement.SignedByAnyOf.IsEmpty && !NamesAny(row.Auditors, requirement.SignedByAnyOf)) return (int)HardFilter.SignedBy;
        foreach (var auditor in requirement.SignedByAllOf)
            if (!Names(row.Auditors, auditor)) return (int)HardFilter.SignedBy;
        foreach (var label in requirement.ComplianceLabels)
            if (!Names(row.ComplianceLabels, label)) return (int)HardFilter.Compliance;
        return listing.Isolation < requirement.MinIsolation ? (int)HardFilter.Isolation : Passed;
    }

    private int Terms(in Listing listing)
    {
        if (requirement.MaxRoundTripMs > 0 && listing.RoundTripMs > requirement.MaxRoundTripMs) return (int)HardFilter.RoundTrip;
        if (listing.BandwidthMbps < requirement.MinBandwidthMbps) return (int)HardFilter.Bandwidth;
        if (requirement.NeedsHostImage && !listing.AllowsHostImage) return (int)HardFilter.HostImage;
        if (listing.MaxRunAheadSeconds < requirement.RunAheadSeconds) return (int)HardFilter.RunAhead;
        return requirement.Token.Length > 0 && listing.Token != requirement.Token ? (int)HardFilter.Token : Passed;
    }

    private bool HasCpu(OfferRow row)
    {
        foreach (var attribute in row.Attributes)
            if (attribute.Key == MatchRequirement.CpuModelKey && Names(requirement.CpuModels, attribute.Value)) return true;
        return false;
    }

    private static bool Names(ImmutableArray<string> names, string name)
    {
        foreach (var candidate in names)
            if (candidate == name) return true;
        return false;
    }

    private static bool Names<T>(ImmutableArray<T> values, T value)
        where T : struct, IEquatable<T>
    {
        foreach (var candidate in values)
            if (candidate.Equals(value)) return true;
        return false;
    }

    private static bool NamesAny(ImmutableArray<Address> values, ImmutableArray<Address> wanted)
    {
        foreach (var value in wanted)
            if (Names(values, value)) return true;
        return false;
    }

    private static bool Has(ImmutableArray<OfferAttribute> attributes, OfferAttribute wanted)
    {
        foreach (var attribute in attributes)
            if (attribute.Key == wanted.Key && attribute.Value == wanted.Value) return true;
        return false;
    }
}

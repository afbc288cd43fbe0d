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

    /// <summary>Whole GPUs that the order asks for; 0 where a part of one will do.</summary>
    public int WholeGpus => _wholeGpus;

    public int FirstExclusion(in Listing listing)
    {
        for (var filter = HardFilter.PretendedGpu; filter < HardFilter.GpuModel; filter++)
            if (Excludes(filter, in listing)) return (int)filter;
        var excludedBy = _needsGpu ? Gpu(in listing) : Passed;
        if (excludedBy != Passed) return excludedBy;
        for (var filter = HardFilter.Cpu; filter < HardFilter.PriceCeiling; filter++)
            if (Excludes(filter, in listing)) return (int)filter;
        return Passed;
    }

    /// <summary>One filter alone: any but those of GPUs, which depend on each other, and the price ceiling.</summary>
    public bool Excludes(HardFilter filter, in Listing listing) => filter switch
    {
        HardFilter.PretendedGpu => _needsGpu && listing.IsPretended && !acceptsPretendedGpus,
        HardFilter.Mode => requirement.Mode is { } mode && listing.Mode != mode,
        HardFilter.Architecture => requirement.Architecture is { } architecture && listing.Architecture != architecture || !HasCpu(in listing),
        HardFilter.Cpu => listing.Free.CpuMillis < _amounts.CpuMillis,
        HardFilter.Memory => listing.Free.MemoryMib < _amounts.MemoryMib,
        HardFilter.Storage => listing.StorageMib < _storageMib,
        HardFilter.StorageClass => !listing.Free.StorageMib.Covers(_amounts.StorageMib),
        HardFilter.Ports => listing.Free.Ports < _amounts.Ports,
        HardFilter.Region => !requirement.Regions.IsEmpty && !Names(requirement.Regions, listing.Region),
        HardFilter.ExcludedRegion => Names(requirement.ExcludedRegions, listing.Region),
        HardFilter.Provider => !requirement.Providers.IsEmpty && !Names(requirement.Providers, listing.Provider),
        HardFilter.ExcludedProvider => Names(requirement.ExcludedProviders, listing.Provider),
        HardFilter.TrustTier => requirement.TrustTiers != 0 && (requirement.TrustTiers >> listing.TrustTier & 1) == 0,
        HardFilter.Attributes => !HasAttributes(in listing),
        HardFilter.SignedBy => !IsSigned(in listing),
        HardFilter.Compliance => !HasLabels(in listing),
        HardFilter.Isolation => listing.Isolation < requirement.MinIsolation,
        HardFilter.RoundTrip => requirement.MaxRoundTripMs > 0 && listing.RoundTripMs > requirement.MaxRoundTripMs,
        HardFilter.Bandwidth => listing.BandwidthMbps < requirement.MinBandwidthMbps,
        HardFilter.HostImage => requirement.NeedsHostImage && !listing.AllowsHostImage,
        HardFilter.RunAhead => listing.MaxRunAheadSeconds < requirement.RunAheadSeconds,
        HardFilter.Token => requirement.Token.Length > 0 && listing.Token != requirement.Token,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "This filter is not one of a single question."),
    };

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

    private bool HasAttributes(in Listing listing)
    {
        foreach (var attribute in requirement.Attributes)
            if (!Has(listing.Attributes, attribute)) return false;
        return true;
    }

    private bool IsSigned(in Listing listing)
    {
        if (!requirement.SignedByAnyOf.IsEmpty && !NamesAny(listing.Auditors, requirement.SignedByAnyOf)) return false;
        foreach (var auditor in requirement.SignedByAllOf)
            if (!Names(listing.Auditors, auditor)) return false;
        return true;
    }

    private bool HasLabels(in Listing listing)
    {
        foreach (var label in requirement.ComplianceLabels)
            if (!Names(listing.ComplianceLabels, label)) return false;
        return true;
    }

    private bool HasCpu(in Listing listing)
    {
        if (requirement.CpuModels.IsEmpty) return true;
        foreach (var attribute in listing.Attributes)
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

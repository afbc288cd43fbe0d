using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>All that a match may ask of one listing, whether it comes from a live quote or from an index's columns.</summary>
internal struct Listing
{
    public ProviderId Provider;
    public ImmutableArray<OfferAttribute> Attributes;
    public ImmutableArray<Address> Auditors;
    public ImmutableArray<string> ComplianceLabels;
    public ResourceAmounts Free;
    public UnitPrices Prices;
    public long StorageMib;
    public long VramMib;
    public long StakeMicroUnits;
    public string GpuModel;
    public string GpuVendor;
    public string Region;
    public string Zone;
    public string Token;
    public int BandwidthMbps;
    public int RoundTripMs;
    public int MaxRunAheadSeconds;
    public int WholeFreeGpus;
    public int LargestFreeShareMillis;
    public short RegionOrdinal;
    public ushort Uptime;
    public ushort Reputation;
    public ushort SlashRate;
    public ushort Stake;
    public byte TrustTier;
    public byte FreeVramPercent;
    public OfferMode Mode;
    public CpuArchitecture Architecture;
    public IsolationLevel Isolation;
    public GpuInterface GpuInterface;
    public bool AllowsHostImage;
    public bool IsPretended;

    public static Listing Of(OfferRow row, RegionMap regions, Money medianStake) => new()
    {
        Provider = row.Provider,
        Attributes = row.Attributes,
        Auditors = row.Auditors,
        ComplianceLabels = row.ComplianceLabels,
        Free = row.Free,
        Prices = row.Prices,
        StorageMib = row.Free.StorageMib.Total,
        VramMib = row.Gpu.VramMib,
        StakeMicroUnits = row.Standing.Stake.MicroUnits,
        GpuModel = row.Gpu.Model,
        GpuVendor = row.Gpu.Vendor,
        Region = row.Region,
        Zone = row.Zone,
        Token = row.Token,
        BandwidthMbps = row.BandwidthMbps,
        RoundTripMs = row.RoundTripMs,
        MaxRunAheadSeconds = row.MaxRunAheadSeconds,
        WholeFreeGpus = row.Gpu.WholeFreeCount,
        LargestFreeShareMillis = row.Gpu.LargestFreeShareMillis,
        RegionOrdinal = (short)regions.OrdinalOf(row.Region),
        Uptime = (ushort)row.Standing.UptimeFactor,
        Reputation = (ushort)row.Standing.ReputationFactor,
        SlashRate = (ushort)SlashFactor.Of(row.Standing.SlashedPpm, row.Standing.ErasServed),
        Stake = (ushort)StakeFactor.Of(row.Standing.Stake, medianStake),
        TrustTier = row.Standing.TrustTier,
        FreeVramPercent = (byte)row.Gpu.FreeVramPercent,
        Mode = row.Mode,
        Architecture = row.Architecture,
        Isolation = row.Isolation,
        GpuInterface = row.Gpu.Interface ?? 0,
        AllowsHostImage = row.AllowsHostImage,
        IsPretended = row.Gpu.IsPretended,
    };

    /// <summary>What an untrusted or careless caller could have got wrong; null when the row may be indexed.</summary>
    public static string? Fault(OfferRow row)
    {
        if (!row.Free.IsWithinBounds) return $"free is {row.Free}; every amount must be 0 to {ResourceAmounts.MaxAmount}";
        if (!row.Prices.IsWithinBounds) return $"prices are {row.Prices}; every rate must be 0 to {OfferLimits.MaxUnitRate}";
        if (GpuFault(row.Gpu) is { } gpuFault) return gpuFault;
        if (row.BandwidthMbps < 0 || row.RoundTripMs < 0 || row.MaxRunAheadSeconds < 0)
            return $"bandwidth is {row.BandwidthMbps}, round trip {row.RoundTripMs}, run-ahead {row.MaxRunAheadSeconds}; none may be negative";
        if (row.Mode > OfferMode.Fizz || row.Architecture > CpuArchitecture.Arm64 || row.Isolation > IsolationLevel.VirtualMachine)
            return $"mode is {row.Mode}, architecture {row.Architecture}, isolation {row.Isolation}; each must be a known one";
        if (row.Standing.UptimeFactor is < 0 or > Factor.One || row.Standing.ReputationFactor is < 0 or > Factor.One)
            return $"standing is {row.Standing}; factors must be 0 to {Factor.One}";
        return row.Standing.TrustTier is < 1 or > 7 ? $"trust tier is {row.Standing.TrustTier}; expected 1 to 7" : null;
    }

    private static string? GpuFault(GpuListing gpu)
    {
        if (gpu.Model.Length > OfferLimits.MaxModelBytes) return $"GPU model '{gpu.Model}' has more than {OfferLimits.MaxModelBytes} characters";
        if (gpu.FreeVramPercent is < 0 or > 100) return $"free VRAM is {gpu.FreeVramPercent} %; expected 0 to 100";
        if (gpu.VramMib is < 0 or > OfferLimits.MaxVramMib) return $"VRAM is {gpu.VramMib} MiB; expected 0 to {OfferLimits.MaxVramMib}";
        if (gpu.WholeFreeCount is < 0 or > OfferLimits.MaxDevices) return $"{gpu.WholeFreeCount} GPUs are free; expected 0 to {OfferLimits.MaxDevices}";
        return gpu.LargestFreeShareMillis is < 0 or > OfferedDevice.WholeMillis
            ? $"the largest free share is {gpu.LargestFreeShareMillis}; expected 0 to {OfferedDevice.WholeMillis}"
            : null;
    }
}

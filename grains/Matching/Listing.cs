using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>The numbers of an offer row that every scan touches, flat; what only some orders ask for stays in the row.</summary>
internal struct Listing
{
    public ResourceAmounts Free;
    public UnitPrices Prices;
    public long StorageMib;
    public long VramMib;
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

    public static Listing Of(OfferRow row, RegionMap regions, Protocol.Money medianStake) => new()
    {
        Free = row.Free,
        Prices = row.Prices,
        StorageMib = row.Free.StorageMib.Total,
        VramMib = row.Gpu.VramMib,
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
        if (row.Gpu.Model.Length > OfferLimits.MaxModelBytes) return $"GPU model '{row.Gpu.Model}' has more than {OfferLimits.MaxModelBytes} characters";
        if (row.Gpu.FreeVramPercent is < 0 or > 100) return $"free VRAM is {row.Gpu.FreeVramPercent} %; expected 0 to 100";
        if (row.Standing.UptimeFactor is < 0 or > Factor.One || row.Standing.ReputationFactor is < 0 or > Factor.One)
            return $"standing is {row.Standing}; factors must be 0 to {Factor.One}";
        return row.Standing.TrustTier is < 1 or > 7 ? $"trust tier is {row.Standing.TrustTier}; expected 1 to 7" : null;
    }
}

namespace Grid.Protocol.Offers;

/// <summary>The prices that apply to one GPU model of an offer (or to none), flat, for the matchmaker's index.</summary>
/// <param name="PerCore">Micro-units per hour of 1000 milli-cores.</param>
/// <param name="PerGibMemory">Micro-units per GiB-hour.</param>
/// <param name="PerGibStorage">Micro-units per GiB-hour of each disk class.</param>
/// <param name="PerGpu">Micro-units per hour of one whole GPU.</param>
public readonly record struct UnitPrices(long PerCore, long PerGibMemory, StorageAmounts PerGibStorage, long PerGpu)
{
    private const int MillisPerUnit = 1000;
    private const int MibPerGibShift = 10;

    /// <summary>The rate for <paramref name="amounts"/>. Each kind of resource is rounded down, which favours the tenant.</summary>
    /// <remarks>Exact in 64 bits while amounts ≤ <see cref="ResourceAmounts.MaxAmount"/> and rates ≤ <see cref="OfferLimits.MaxUnitRate"/>.</remarks>
    public RatePerHour RateRoundedDown(in ResourceAmounts amounts) => new(
        amounts.CpuMillis * PerCore / MillisPerUnit
        + amounts.GpuMillis * PerGpu / MillisPerUnit
        + (amounts.MemoryMib * PerGibMemory >> MibPerGibShift)
        + (amounts.StorageMib.Default * PerGibStorage.Default >> MibPerGibShift)
        + (amounts.StorageMib.Hdd * PerGibStorage.Hdd >> MibPerGibShift)
        + (amounts.StorageMib.Ssd * PerGibStorage.Ssd >> MibPerGibShift)
        + (amounts.StorageMib.Nvme * PerGibStorage.Nvme >> MibPerGibShift));

    public bool IsWithinBounds =>
        IsRate(PerCore) && IsRate(PerGibMemory) && IsRate(PerGpu)
        && IsRate(PerGibStorage.Default) && IsRate(PerGibStorage.Hdd) && IsRate(PerGibStorage.Ssd) && IsRate(PerGibStorage.Nvme);

    private static bool IsRate(long rate) => rate is >= 0 and <= OfferLimits.MaxUnitRate;

    /// <param name="prices">A provider's whole price list.</param>
    /// <param name="gpuModel">The model whose price applies; empty for none.</param>
    public static UnitPrices Of(OfferPrices prices, string gpuModel) => new(
        prices.PerCore.MicroUnits,
        prices.PerGibMemory.MicroUnits,
        prices.PerGibStorage,
        prices.PerGpu(gpuModel)?.MicroUnits ?? 0);
}

namespace Grid.Matching;

/// <summary>What a scan reads of every listing, 16 bits each. Amounts and prices are <see cref="Narrow"/>, factors are whole, traits are one bit each.</summary>
internal enum Column
{
    Cpu,
    Memory,
    Storage,
    GpuMillis,
    StorageDefault,
    StorageHdd,
    StorageSsd,
    StorageNvme,
    Ports,
    WholeGpus,
    LargestShare,
    Vram,
    RunAhead,
    Traits,
    PricePerCore,
    PricePerGib,
    PricePerGpu,
    PriceDefault,
    PriceHdd,
    PriceSsd,
    PriceNvme,
    Uptime,
    Reputation,
    SlashRate,
    Stake,
}

internal static class Columns
{
    public const int Count = (int)Column.Stake + 1;
}

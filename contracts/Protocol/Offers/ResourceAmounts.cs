namespace Grid.Protocol.Offers;

/// <summary>What a placement needs, all counts together; or what is free.</summary>
/// <param name="CpuMillis">Thousandths of a core.</param>
/// <param name="MemoryMib">Memory with shared memory (<c>ram</c> storage) included.</param>
/// <param name="StorageMib">Disk per class.</param>
/// <param name="GpuMillis">Thousandths of a GPU: 2000 is two whole ones, 500 half of one.</param>
/// <param name="Ports">Ports that reach the tenant.</param>
public readonly record struct ResourceAmounts(long CpuMillis, long MemoryMib, StorageAmounts StorageMib, long GpuMillis, int Ports)
{
    /// <summary>Every amount is between 0 and this, so that amount × price stays exact in 64 bits.</summary>
    public const long MaxAmount = 1L << 28;

    public bool IsWithinBounds =>
        IsAmount(CpuMillis) && IsAmount(MemoryMib) && IsAmount(GpuMillis) && IsAmount(Ports)
        && IsAmount(StorageMib.Default) && IsAmount(StorageMib.Hdd) && IsAmount(StorageMib.Ssd) && IsAmount(StorageMib.Nvme);

    public static ResourceAmounts operator +(in ResourceAmounts left, in ResourceAmounts right) => new(
        left.CpuMillis + right.CpuMillis,
        left.MemoryMib + right.MemoryMib,
        left.StorageMib + right.StorageMib,
        left.GpuMillis + right.GpuMillis,
        left.Ports + right.Ports);

    public static ResourceAmounts operator -(in ResourceAmounts left, in ResourceAmounts right) => new(
        left.CpuMillis - right.CpuMillis,
        left.MemoryMib - right.MemoryMib,
        left.StorageMib - right.StorageMib,
        left.GpuMillis - right.GpuMillis,
        left.Ports - right.Ports);

    private static bool IsAmount(long amount) => amount is >= 0 and <= MaxAmount;
}

namespace Grid.Protocol.Offers;

/// <summary>Amounts in canonical bytes.</summary>
public static class AmountBytes
{
    public static CanonicalBytes Storage(this CanonicalBytes bytes, in StorageAmounts storage) =>
        bytes.Int64(storage.Default).Int64(storage.Hdd).Int64(storage.Ssd).Int64(storage.Nvme);

    public static CanonicalBytes Amounts(this CanonicalBytes bytes, in ResourceAmounts amounts) =>
        bytes.Int64(amounts.CpuMillis).Int64(amounts.MemoryMib).Storage(amounts.StorageMib).Int64(amounts.GpuMillis).Int32(amounts.Ports);
}

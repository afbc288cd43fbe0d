using Grid.Protocol.Manifests;

namespace Grid.Protocol.Offers;

/// <summary>One number per storage class on disk, in MiB for capacity or micro-units per GiB-hour for prices.</summary>
public readonly record struct StorageAmounts(long Default, long Hdd, long Ssd, long Nvme)
{
    public const int ClassCount = 4;

    public long Total => Default + Hdd + Ssd + Nvme;

    /// <exception cref="ArgumentOutOfRangeException"><see cref="StorageClass.Ram"/> is memory and has no amount here.</exception>
    public long this[StorageClass storageClass] => storageClass switch
    {
        StorageClass.Default => Default,
        StorageClass.Beta1 => Hdd,
        StorageClass.Beta2 => Ssd,
        StorageClass.Beta3 => Nvme,
        _ => throw new ArgumentOutOfRangeException(nameof(storageClass), storageClass, "Storage on disk is default, beta1, beta2 or beta3."),
    };

    public StorageAmounts With(StorageClass storageClass, long amount) => storageClass switch
    {
        StorageClass.Default => this with { Default = amount },
        StorageClass.Beta1 => this with { Hdd = amount },
        StorageClass.Beta2 => this with { Ssd = amount },
        StorageClass.Beta3 => this with { Nvme = amount },
        _ => throw new ArgumentOutOfRangeException(nameof(storageClass), storageClass, "Storage on disk is default, beta1, beta2 or beta3."),
    };

    public bool Covers(in StorageAmounts demand) => Default >= demand.Default && Hdd >= demand.Hdd && Ssd >= demand.Ssd && Nvme >= demand.Nvme;

    public static StorageAmounts operator +(StorageAmounts left, StorageAmounts right) =>
        new(left.Default + right.Default, left.Hdd + right.Hdd, left.Ssd + right.Ssd, left.Nvme + right.Nvme);

    public static StorageAmounts operator -(StorageAmounts left, StorageAmounts right) =>
        new(left.Default - right.Default, left.Hdd - right.Hdd, left.Ssd - right.Ssd, left.Nvme - right.Nvme);
}

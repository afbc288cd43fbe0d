using System.Collections.Immutable;

namespace Grid.Node.Inventory;

/// <summary>What this machine really has.</summary>
/// <param name="CpuMillis">Thousandths of a logical processor.</param>
/// <param name="Architecture"><c>amd64</c> or <c>arm64</c>, as manifests say it.</param>
/// <param name="DiskMib">Free on the data directory's file system.</param>
public sealed record MachineInventory(
    long CpuMillis,
    string CpuModel,
    string Architecture,
    long MemoryMib,
    long DiskMib,
    string StorageClass,
    ImmutableArray<Gpu> Gpus,
    ImmutableArray<string> Problems)
{
    /// <summary>What can be leased by uuid: the card, or its instances where it is cut.</summary>
    public IEnumerable<string> LeasableGpuUuids =>
        Gpus.SelectMany(gpu => gpu.MigEnabled ? gpu.MigInstances.Select(instance => instance.Uuid) : [gpu.Uuid]);
}

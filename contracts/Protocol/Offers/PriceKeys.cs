using Grid.Protocol.Catalogue;

namespace Grid.Protocol.Offers;

/// <summary>What a price book has prices for: cores, memory, disk, and each GPU model by its name in the catalogue.</summary>
public static class PriceKeys
{
    /// <summary>An hour of 1000 milli-cores.</summary>
    public const string Cpu = "cpu";

    /// <summary>A GiB-hour of memory.</summary>
    public const string Memory = "memory";

    /// <summary>A GiB-hour of disk, of whatever class.</summary>
    public const string Storage = "storage";

    private const long PerCore = 10_000;
    private const long PerGibMemory = 2_000;
    private const long PerGibStorage = 50;

    public static IEnumerable<string> All => [Cpu, Memory, Storage, .. GpuCatalogue.Standard.Models.Select(static model => model.Model)];

    /// <summary>Where the guide price starts, and what bounds it; null for what has none.</summary>
    public static RatePerHour? BaseOf(string key) => key switch
    {
        Cpu => new RatePerHour(PerCore),
        Memory => new RatePerHour(PerGibMemory),
        Storage => new RatePerHour(PerGibStorage),
        _ => GpuCatalogue.Standard.Find(key)?.GuidePrice,
    };
}

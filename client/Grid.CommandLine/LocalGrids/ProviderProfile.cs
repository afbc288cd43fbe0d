namespace Grid.CommandLine.LocalGrids;

/// <summary>What a node of a local grid says of itself: somewhere of its own, at prices of its own.</summary>
/// <param name="PerCore">Micro-units per hour of a core.</param>
/// <param name="PerGibMemory">Micro-units per hour of a GiB of memory.</param>
/// <param name="PerGibDisk">Micro-units per hour of a GiB of disk.</param>
internal sealed record ProviderProfile(string Name, string Region, string Zone, long PerCore, long PerGibMemory, long PerGibDisk)
{
    private const long BasePerCore = 160_000;
    private const long BasePerGibMemory = 40_000;
    private const long BasePerGibDisk = 2_000;

    private static readonly (string Region, string Zone)[] Places =
    [
        ("germany", "fra"), ("france", "par"), ("us-east", "iad"), ("singapore", "sin"), ("uk", "lon"),
        ("us-west", "sfo"), ("japan", "nrt"), ("netherlands", "ams"), ("canada", "yul"), ("brazil", "gru"),
    ];

    /// <summary>In percent of the base prices; a prime count of them, so that places and prices pair differently each round.</summary>
    private static readonly int[] PriceLevels = [100, 115, 92, 130, 108, 85, 122];

    /// <param name="index">From 0.</param>
    public static ProviderProfile Of(int index)
    {
        var (region, zone) = Places[index % Places.Length];
        var level = PriceLevels[index % PriceLevels.Length];
        return new ProviderProfile($"node{index + 1}", region, $"{zone}-{index / Places.Length + 1}", BasePerCore * level / 100, BasePerGibMemory * level / 100, BasePerGibDisk * level / 100);
    }
}

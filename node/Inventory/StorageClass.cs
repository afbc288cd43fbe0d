namespace Grid.Node.Inventory;

/// <summary>The manifest's storage classes, guessed from what the kernel says of a disk. The owner may correct the guess.</summary>
public static class StorageClass
{
    public const string Default = "default";
    public const string HardDisk = "beta1";
    public const string SolidState = "beta2";
    public const string Nvme = "beta3";
    public const string Ram = "ram";

    /// <param name="source">The mount's device, e.g. <c>/dev/nvme0n1p2</c>.</param>
    /// <param name="rotational">The disk's <c>queue/rotational</c>: <c>0</c>, <c>1</c>, or empty where unknown.</param>
    public static string Guess(string fileSystem, string source, string rotational)
    {
        if (fileSystem is "tmpfs" or "ramfs") return Ram;
        if (source.StartsWith("/dev/nvme", StringComparison.Ordinal)) return Nvme;
        // A virtual disk always claims to rotate, whatever lies below it.
        if (source.StartsWith("/dev/vd", StringComparison.Ordinal)) return Default;
        return rotational.Trim() switch
        {
            "0" => SolidState,
            "1" => HardDisk,
            _ => Default,
        };
    }
}

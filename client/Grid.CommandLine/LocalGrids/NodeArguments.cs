using Grid.Chain.Crypto;

namespace Grid.CommandLine.LocalGrids;

/// <summary>How a local grid starts one of its nodes.</summary>
internal static class NodeArguments
{
    public static IEnumerable<string> Of(LocalGridFolder folder, LocalGridOptions options, ProviderProfile profile, MachineSlice slice, Uri url, Address operatorIdentity)
    {
        IEnumerable<string> words =
        [
            "start", "--data", folder.NodeData(profile.Name), "--operator", $"{url.GetLeftPart(UriPartial.Authority)}@{operatorIdentity}",
            "--key", folder.NodeKeystore(profile.Name), "--passphrase-file", folder.PassphraseFile,
            "--region", profile.Region, "--zone", profile.Zone,
            "--cpu-millis", $"{slice.CpuMillis}", "--memory-mib", $"{slice.MemoryMib}", "--disk-mib", $"{slice.DiskMib}",
            "--price-per-core", $"{profile.PerCore}", "--price-per-gib-memory", $"{profile.PerGibMemory}", "--price-per-gib-storage", $"{profile.PerGibDisk}",
        ];
        if (options.AllowUnisolated) words = words.Append("--allow-unisolated");
        return options.PretendedGpu is { } model ? words.Concat(["--pretend-gpu", model]) : words;
    }
}

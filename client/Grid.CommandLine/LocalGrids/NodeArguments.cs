namespace Grid.CommandLine.LocalGrids;

/// <summary>How a local grid starts one of its nodes.</summary>
internal static class NodeArguments
{
    public static IEnumerable<string> Of(LocalGridFolder folder, LocalGridOptions options, LocalChain? chain, ProviderProfile profile, MachineSlice slice, IEnumerable<LocalOperator> operators)
    {
        IEnumerable<string> words =
        [
            "start", "--data", folder.DataOf(profile.Name),
            "--key", folder.NodeKeystore(profile.Name), "--passphrase-file", folder.PassphraseFile,
            "--region", profile.Region, "--zone", profile.Zone,
            "--cpu-millis", $"{slice.CpuMillis}", "--memory-mib", $"{slice.MemoryMib}", "--disk-mib", $"{slice.DiskMib}",
            "--price-per-core", $"{profile.PerCore}", "--price-per-gib-memory", $"{profile.PerGibMemory}", "--price-per-gib-storage", $"{profile.PerGibDisk}",
        ];
        foreach (var known in operators) words = words.Concat(["--operator", $"{known.Url.GetLeftPart(UriPartial.Authority)}@{known.Address}"]);
        if (chain?.Deployment is { } grid) words = words.Concat(["--grid", $"{grid.ChainId}:{grid.Contracts.Escrow}"]);
        if (options.AllowUnisolated) words = words.Append("--allow-unisolated");
        return options.PretendedGpu is { } model ? words.Concat(["--pretend-gpu", model]) : words;
    }
}

namespace Grid.CommandLine.LocalGrids;

/// <summary>How a local grid starts its silo.</summary>
internal static class SiloArguments
{
    /// <param name="url">Port 0 lets the system choose; a restart names the one before.</param>
    public static IEnumerable<string> Of(LocalGridFolder folder, LocalGridOptions options, string url)
    {
        string[] words =
        [
            "--data", folder.SiloData, "--http", url, "--ledger", "local",
            "--key", folder.OperatorKeystore, "--passphrase-file", folder.PassphraseFile,
            "--tick-ms", $"{options.TickMs}", "--run-ahead-seconds", $"{options.RunAheadSeconds}",
        ];
        return options.PretendedGpu is null ? words : [.. words, "--accept-pretended-gpus"];
    }
}

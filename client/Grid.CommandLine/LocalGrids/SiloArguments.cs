namespace Grid.CommandLine.LocalGrids;

/// <summary>How a local grid starts one of its silos.</summary>
internal static class SiloArguments
{
    /// <param name="url">Port 0 lets the system choose; a restart names the one before.</param>
    public static IEnumerable<string> Of(LocalGridFolder folder, LocalGridOptions options, string silo, string url)
    {
        string[] words =
        [
            "--data", folder.DataOf(silo), "--http", url, "--ledger", "local",
            "--key", folder.OperatorKeystore(silo), "--passphrase-file", folder.PassphraseFile,
            "--tick-ms", $"{options.TickMs}", "--run-ahead-seconds", $"{options.RunAheadSeconds}",
        ];
        return options.PretendedGpu is null ? words : [.. words, "--accept-pretended-gpus"];
    }
}

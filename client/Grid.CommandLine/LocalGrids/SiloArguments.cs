namespace Grid.CommandLine.LocalGrids;

/// <summary>How a local grid starts one of its silos.</summary>
internal static class SiloArguments
{
    /// <param name="url">Port 0 lets the system choose; a restart names the one before.</param>
    public static IEnumerable<string> Of(LocalGridFolder folder, LocalGridOptions options, LocalChain? chain, string silo, string url)
    {
        IEnumerable<string> words =
        [
            "--data", folder.DataOf(silo), "--http", url,
            "--key", folder.OperatorKeystore(silo), "--passphrase-file", folder.PassphraseFile,
            "--peers-file", folder.PeersFile, "--era-seconds", $"{options.EraSeconds}",
            "--tick-ms", $"{options.TickMs}", "--run-ahead-seconds", $"{options.RunAheadSeconds}",
        ];
        words = words.Concat(chain is null
            ? ["--ledger", "local"]
            : ["--ledger", "chain", "--chain", folder.ChainFile, "--chain-rpc", $"{chain.Url}", "--chain-poll-ms", $"{Limits.ChainPollMs}", "--settle-every-seconds", $"{Limits.SettleEverySeconds}"]);
        return options.PretendedGpu is null ? words : words.Append("--accept-pretended-gpus");
    }
}

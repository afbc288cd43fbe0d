namespace Grid.Chain.Ethereum.Development;

/// <param name="StateFile">Where the chain survives; null: it is gone with the process.</param>
/// <param name="LogFile">What it says, appended; null: nowhere.</param>
/// <param name="Port">0: a free one.</param>
/// <param name="IsTraced">Whether it keeps each step of each transaction, for <see cref="AnvilProcess.ExecutionGasAsync"/>.</param>
/// <param name="BlockSeconds">A block this often, empty or not; 0: one for each transaction, at once, and none without.</param>
/// <param name="SlotsInAnEpoch">A block is final two epochs later.</param>
/// <param name="StateSeconds">How often the state file is written, all of it; also at the end, but for kill -9.</param>
public sealed record AnvilOptions(
    string? StateFile = null,
    string? LogFile = null,
    int Port = 0,
    int BlockSeconds = 0,
    ulong ChainId = 31337,
    bool IsTraced = false,
    int SlotsInAnEpoch = 4,
    int StateSeconds = 1)
{
    /// <summary>
    /// No account has coins: the owner gives them to keys of its own. A transaction may take what mainnet allows (EIP-7825).
    /// </summary>
    internal string[] Arguments(int port)
    {
        string[] always =
        [
            "--host", "127.0.0.1", "--port", $"{port}", "--chain-id", $"{ChainId}", "--accounts", "0", "--quiet", "--enable-tx-gas-limit",
            "--slots-in-an-epoch", $"{SlotsInAnEpoch}",
        ];
        string[] blocks = BlockSeconds > 0 ? ["--block-time", $"{BlockSeconds}"] : [];
        string[] state = StateFile is null ? [] : ["--state", StateFile, "--state-interval", $"{StateSeconds}"];
        string[] traces = IsTraced ? ["--steps-tracing"] : [];
        return [.. always, .. blocks, .. state, .. traces];
    }
}

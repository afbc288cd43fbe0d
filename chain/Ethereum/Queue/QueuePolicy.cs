namespace Grid.Chain.Ethereum.Queue;

/// <param name="MaxFeePerGasCapWei">Nothing is ever offered above it; a transaction that would need more waits.</param>
/// <param name="StuckAfterMs">An attempt this old, whose turn it is, is replaced by one with higher fees.</param>
/// <param name="ResendAfterMs">An attempt that is not mined goes out again this often: nodes drop what they have no room for.</param>
/// <param name="GasReservePercent">Added to an estimate.</param>
public sealed record QueuePolicy(UInt128 MaxFeePerGasCapWei, long StuckAfterMs = 60_000, long ResendAfterMs = 12_000, uint GasReservePercent = 25);

using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum.Following;

/// <summary>
/// A chain that ends at its last final block: a <see cref="BlockFollower"/> on it sees late, and nothing that it saw is ever taken back.
/// </summary>
public sealed class FinalChain(IChain chain) : IChain
{
    public Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) =>
        chain.GetBlockAsync(tag.IsNumber ? tag : BlockTag.Finalized, cancellationToken);

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => chain.GetChainIdAsync(cancellationToken);

    public Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken) =>
        chain.GetBlocksAsync(first, count, cancellationToken);

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken) =>
        chain.GetLogsAsync(filter, first, last, cancellationToken);

    public Task<IReadOnlyList<LogEntry>> GetLogsOfBlockAsync(BlockRef block, CancellationToken cancellationToken) =>
        chain.GetLogsOfBlockAsync(block, cancellationToken);

    public Task<IReadOnlyList<TransactionReceipt>> GetReceiptsAsync(IReadOnlyList<Hash256> transactions, CancellationToken cancellationToken) =>
        chain.GetReceiptsAsync(transactions, cancellationToken);

    public Task<CallResult> CallAsync(ChainCall call, BlockTag at, CancellationToken cancellationToken) => chain.CallAsync(call, Firm(at), cancellationToken);

    public Task<GasEstimate> EstimateGasAsync(ChainCall call, CancellationToken cancellationToken) => chain.EstimateGasAsync(call, cancellationToken);

    public Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken) =>
        chain.GetNonceAsync(account, Firm(at), cancellationToken);

    public Task<FeeData> GetFeesAsync(CancellationToken cancellationToken) => chain.GetFeesAsync(cancellationToken);

    public Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken) => chain.SubmitAsync(transaction, cancellationToken);

    private static BlockTag Firm(BlockTag at) => at.IsNumber ? at : BlockTag.Finalized;
}

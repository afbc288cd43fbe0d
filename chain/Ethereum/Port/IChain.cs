using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum;

/// <summary>
/// What the grid asks of an EVM chain, and nothing more, so that an adapter to another client library is an afternoon's work.
/// Every method may throw <see cref="ChainException"/>: then nothing was learned, and the caller asks again later.
/// What is sent goes through a <c>TransactionQueue</c>; what is read for money's sake goes through <see cref="CrossCheckedChain"/>.
/// </summary>
public interface IChain
{
    Task<ulong> GetChainIdAsync(CancellationToken cancellationToken);

    /// <returns>Null where the chain has no such block (yet).</returns>
    Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken);

    /// <returns>Headers of consecutive numbers from <paramref name="first"/> on; fewer where the chain ends.</returns>
    Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken);

    /// <returns>In the order of the chain. Whether all are there only <c>LogPage</c> can tell.</returns>
    Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken);

    /// <returns>All logs of one block, taken from its receipts and not from the node's index of logs.</returns>
    Task<IReadOnlyList<LogEntry>> GetLogsOfBlockAsync(BlockRef block, CancellationToken cancellationToken);

    /// <returns>Of those that are in a block, in no certain order.</returns>
    Task<IReadOnlyList<TransactionReceipt>> GetReceiptsAsync(IReadOnlyList<Hash256> transactions, CancellationToken cancellationToken);

    Task<CallResult> CallAsync(ChainCall call, BlockTag at, CancellationToken cancellationToken);

    /// <summary>On top of what waits in the node's pool.</summary>
    Task<GasEstimate> EstimateGasAsync(ChainCall call, CancellationToken cancellationToken);

    /// <returns>How many transactions the account has sent up to this block: its next nonce.</returns>
    Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken);

    Task<FeeData> GetFeesAsync(CancellationToken cancellationToken);

    /// <summary>Hands a signed transaction to the network. Repeating it does no harm.</summary>
    Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken);
}

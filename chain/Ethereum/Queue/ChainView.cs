using System.Collections.Immutable;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>What the chain said, read in this order, so that no receipt is older than the finality it is judged by.</summary>
/// <param name="FinalNumber">The newest final block.</param>
/// <param name="FinalNonce">The key's nonce there; null where the node keeps no state that old.</param>
/// <param name="LatestNonce">The key's nonce at the head.</param>
/// <param name="Receipts">Of the attempts that are in a block.</param>
public sealed record ChainView(ulong FinalNumber, ulong? FinalNonce, ulong LatestNonce, FeeData Fees, ImmutableArray<TransactionReceipt> Receipts);

using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum;

public static class ChainReceipts
{
    /// <returns>Null while no block holds the transaction.</returns>
    public static async Task<TransactionReceipt?> GetReceiptAsync(this IChain chain, Hash256 transaction, CancellationToken cancellationToken)
    {
        var found = await chain.GetReceiptsAsync([transaction], cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }
}

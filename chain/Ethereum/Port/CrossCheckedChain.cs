using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum;

/// <summary>
/// Two views of one chain, believed only where they agree. Blocks, logs, receipts, nonces and results of calls come from both;
/// the head is the lower of the two. Where one does not answer, nothing is answered: the grid works on without the chain and
/// catches up. Transactions go out through both, and one that takes them is enough.
/// </summary>
public sealed class CrossCheckedChain(IChain primary, IChain witness) : IChain
{
    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) =>
        SameAsync("the chain id", chain => chain.GetChainIdAsync(cancellationToken));

    public async Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(chain => chain.GetBlockAsync(tag, cancellationToken));
        if (ours is null || theirs is null) return null;
        if (ours.Number != theirs.Number) return await LowerAsync(tag, ours, theirs, cancellationToken);
        return ours.Hash == theirs.Hash ? ours : throw Disagreement($"block {ours.Number}", ours.Hash, theirs.Hash);
    }

    public async Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(chain => chain.GetBlocksAsync(first, count, cancellationToken));
        foreach (var (our, their) in ours.Zip(theirs))
        {
            if (our.Ref != their.Ref || our.ParentHash != their.ParentHash) throw Disagreement($"block {our.Number}", our.Hash, their.Hash);
        }

        return [.. ours.Take(theirs.Count)];
    }

    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken) =>
        SameLogs($"blocks {first} to {last}", await BothAsync(chain => chain.GetLogsAsync(filter, first, last, cancellationToken)));

    public async Task<IReadOnlyList<LogEntry>> GetLogsOfBlockAsync(BlockRef block, CancellationToken cancellationToken) =>
        SameLogs(block.ToString(), await BothAsync(chain => chain.GetLogsOfBlockAsync(block, cancellationToken)));

    /// <summary>Only those that both know.</summary>
    public async Task<IReadOnlyList<TransactionReceipt>> GetReceiptsAsync(IReadOnlyList<Hash256> transactions, CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(chain => chain.GetReceiptsAsync(transactions, cancellationToken));
        return [.. ours.Join(theirs, our => our.Transaction, their => their.Transaction, SameReceipt)];
    }

    public async Task<CallResult> CallAsync(ChainCall call, BlockTag at, CancellationToken cancellationToken)
    {
        var block = await PinAsync(at, cancellationToken);
        var (ours, theirs) = await BothAsync(chain => chain.CallAsync(call, block, cancellationToken));
        if ((ours.Revert is null) != (theirs.Revert is null) || !ours.Data.Span.SequenceEqual(theirs.Data.Span))
            throw Disagreement(
                $"a call of {call.To} at block {block.Number}", HexText.Encode(ours.Data.Span[..Math.Min(32, ours.Data.Length)]), HexText.Encode(theirs.Data.Span[..Math.Min(32, theirs.Data.Length)]));
        return ours;
    }

    /// <summary>The primary's word alone: an estimate decides no money but its own gas.</summary>
    public Task<GasEstimate> EstimateGasAsync(ChainCall call, CancellationToken cancellationToken) => primary.EstimateGasAsync(call, cancellationToken);

    public async Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken)
    {
        var block = await PinAsync(at, cancellationToken);
        return await SameAsync($"the nonce of {account} at block {block.Number}", chain => chain.GetNonceAsync(account, block, cancellationToken));
    }

    /// <summary>The cheaper suggestion: who asks too little is bumped, who pays too much has paid.</summary>
    public async Task<FeeData> GetFeesAsync(CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(chain => chain.GetFeesAsync(cancellationToken));
        return new FeeData(UInt128.Min(ours.BaseFeePerGasWei, theirs.BaseFeePerGasWei), UInt128.Min(ours.PriorityFeePerGasWei, theirs.PriorityFeePerGasWei));
    }

    public async Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(chain => chain.SubmitAsync(transaction, cancellationToken));
        return theirs.Status < ours.Status ? theirs : ours;
    }

    private static ChainException Disagreement(string about, object ours, object theirs) =>
        new(ChainFault.Disagreement, $"The endpoints disagree about {about}: {ours} and {theirs}. A reorg may be on its way; if it lasts, one of them lies.");

    private static TransactionReceipt SameReceipt(TransactionReceipt ours, TransactionReceipt theirs)
    {
        if (ours.Block != theirs.Block || ours.Succeeded != theirs.Succeeded)
            throw Disagreement($"the receipt of {ours.Transaction}", ours.Block, theirs.Block);
        SameLogs($"the receipt of {ours.Transaction}", (ours.Logs, theirs.Logs));
        return ours;
    }

    private static IReadOnlyList<LogEntry> SameLogs(string where, (IReadOnlyList<LogEntry> Ours, IReadOnlyList<LogEntry> Theirs) logs)
    {
        if (logs.Ours.SequenceEqual(logs.Theirs)) return logs.Ours;
        var fault = logs.Ours.Count == logs.Theirs.Count ? ChainFault.Disagreement : ChainFault.Incomplete;
        throw new ChainException(fault, $"The endpoints give different logs of {where}: {logs.Ours.Count} and {logs.Theirs.Count}.");
    }

    private async Task<BlockHeader?> LowerAsync(BlockTag tag, BlockHeader ours, BlockHeader theirs, CancellationToken cancellationToken)
    {
        if (tag.IsNumber) throw Disagreement($"block {tag.Number}", ours.Number, theirs.Number);
        var (low, high, ahead, behind) = ours.Number < theirs.Number ? (ours, theirs, witness, "primary") : (theirs, ours, primary, "witness");
        var tolerated = tag == BlockTag.Latest ? Limits.MaxLagBlocks : Limits.MaxFinalityLagBlocks;
        if (high.Number - low.Number > tolerated)
            throw new ChainException(
                ChainFault.Lagging, $"The {behind} endpoint is {high.Number - low.Number} blocks behind the other at '{tag}'; at most {tolerated} are tolerated.");
        var same = await ahead.GetBlockAsync(BlockTag.At(low.Number), cancellationToken);
        return same?.Hash == low.Hash ? low : throw Disagreement($"block {low.Number}", low.Hash, same?.Hash.ToString() ?? "none");
    }

    private async Task<BlockTag> PinAsync(BlockTag at, CancellationToken cancellationToken)
    {
        if (at.IsNumber) return at;
        var block = await GetBlockAsync(at, cancellationToken) ?? throw new ChainException(ChainFault.Refused, $"The endpoints have no block '{at}'.");
        return BlockTag.At(block.Number);
    }

    private async Task<T> SameAsync<T>(string about, Func<IChain, Task<T>> ask)
        where T : struct, IEquatable<T>
    {
        var (ours, theirs) = await BothAsync(ask);
        return ours.Equals(theirs) ? ours : throw Disagreement(about, ours, theirs);
    }

    private async Task<(T Ours, T Theirs)> BothAsync<T>(Func<IChain, Task<T>> ask)
    {
        var (ours, theirs) = (ask(primary), ask(witness));
        await Task.WhenAll(ours, theirs);
        return (await ours, await theirs);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum.Rpc;

/// <summary>The chain as one server tells it. Alone it is believed: pair it with another in <see cref="CrossCheckedChain"/> where money is at stake.</summary>
public sealed class RpcChain(RpcEndpoint endpoint) : IChain
{
    public async Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => await QuantityAsync("eth_chainId", [], cancellationToken);

    public async Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        var block = await AskAsync("eth_getBlockByNumber", RpcJson.Default.RpcBlock, BlockParameters(tag), cancellationToken);
        return block is null ? null : Header("eth_getBlockByNumber", tag, block);
    }

    public async Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken)
    {
        var tags = Enumerable.Range(0, count).Select(i => BlockTag.At(first + (ulong)i)).ToArray();
        var blocks = await AskAllAsync("eth_getBlockByNumber", RpcJson.Default.RpcBlock, [.. tags.Select(BlockParameters)], cancellationToken);
        return [.. blocks.Zip(tags).TakeWhile(pair => pair.First is not null).Select(pair => Header("eth_getBlockByNumber", pair.Second, pair.First!))];
    }

    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken)
    {
        var topics = filter.Events.IsEmpty ? null : new[] { filter.Events.ToArray() };
        var argument = Json(new RpcLogFilter([.. filter.Contracts], Quantity.Format(first), Quantity.Format(last), topics), RpcJson.Default.RpcLogFilter);
        var logs = await AskAsync("eth_getLogs", RpcJson.Default.RpcLogArray, [argument], cancellationToken) ?? throw endpoint.Malformed("eth_getLogs", "null");
        return [.. logs.Select(log => Entry("eth_getLogs", log))];
    }

    public async Task<IReadOnlyList<LogEntry>> GetLogsOfBlockAsync(BlockRef block, CancellationToken cancellationToken)
    {
        const string Method = "eth_getBlockReceipts";
        var receipts = await AskAsync(Method, RpcJson.Default.RpcReceiptArray, [Text(block.Hash.ToString())], cancellationToken)
            ?? throw new ChainException(ChainFault.Reorged, $"{endpoint.Name} does not know {block} any more.");
        if (receipts.Contains(null)) throw endpoint.Malformed(Method, "a receipt that is null");
        var logs = receipts.SelectMany(receipt => receipt.Logs).Select(log => Entry(Method, log)).ToArray();
        if (logs.Where((log, i) => log.Block != block || log.Index != (ulong)i).Any()) throw endpoint.Malformed(Method, "logs of another block or with a gap");
        return logs;
    }

    public async Task<IReadOnlyList<TransactionReceipt>> GetReceiptsAsync(IReadOnlyList<Hash256> transactions, CancellationToken cancellationToken)
    {
        var found = new List<TransactionReceipt>();
        foreach (var batch in transactions.Chunk(Limits.MaxRpcBatch))
        {
            var receipts = await AskAllAsync("eth_getTransactionReceipt", RpcJson.Default.RpcReceipt, [.. batch.Select(hash => new[] { Text(hash.ToString()) })], cancellationToken);
            found.AddRange(receipts.Zip(batch).Where(pair => pair.First is not null).Select(pair => Receipt(pair.Second, pair.First!)));
        }

        return found;
    }

    public async Task<CallResult> CallAsync(ChainCall call, BlockTag at, CancellationToken cancellationToken)
    {
        try
        {
            var result = await endpoint.AskAsync("eth_call", RpcJson.Default.String, [Argument(call), Text(at.ToString())], cancellationToken);
            return new CallResult(HexDataConverter.TryParse(result ?? "", out var bytes) ? bytes : throw endpoint.Malformed("eth_call", "what is no hex data"));
        }
        catch (RpcErrorException e)
        {
            return e.Revert is { } revert ? new CallResult(default, revert) : throw e.AsRefusal();
        }
    }

    public async Task<GasEstimate> EstimateGasAsync(ChainCall call, CancellationToken cancellationToken)
    {
        try
        {
            var gas = await endpoint.AskAsync("eth_estimateGas", RpcJson.Default.String, [Argument(call), Text("pending")], cancellationToken);
            return new GasEstimate(Number("eth_estimateGas", gas));
        }
        catch (RpcErrorException e)
        {
            return e.Revert is { } revert ? new GasEstimate(0, revert) : throw e.AsRefusal();
        }
    }

    public async Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken) =>
        await QuantityAsync("eth_getTransactionCount", [Text(account.ToString()), Text(at.ToString())], cancellationToken);

    public async Task<FeeData> GetFeesAsync(CancellationToken cancellationToken)
    {
        var head = await GetBlockAsync(BlockTag.Latest, cancellationToken) ?? throw endpoint.Malformed("eth_getBlockByNumber", "no newest block");
        return new FeeData(head.BaseFeePerGasWei, await QuantityAsync("eth_maxPriorityFeePerGas", [], cancellationToken));
    }

    public async Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        const string Method = "eth_sendRawTransaction";
        try
        {
            var hash = await endpoint.AskAsync(Method, RpcJson.Default.String, [Text(HexText.Encode(transaction.Raw.Span))], cancellationToken);
            return Hash256.TryParse(hash, out var sent) && sent == transaction.Hash
                ? new Submission(SubmissionStatus.Accepted)
                : throw endpoint.Malformed(Method, $"another hash than {transaction.Hash}");
        }
        catch (RpcErrorException e)
        {
            return SubmissionErrors.Read(e.ServersWords);
        }
        catch (ChainException e) when (e.Fault is ChainFault.Unreachable or ChainFault.Malformed)
        {
            return new Submission(SubmissionStatus.OutcomeUnknown, e.Message);
        }
    }

    private static JsonElement Text(string text) => Json(text, RpcJson.Default.String);

    private static JsonElement Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);

    private static JsonElement Argument(ChainCall call) =>
        Json(new RpcTransaction(call.From, call.To, call.Data, call.ValueWei), RpcJson.Default.RpcTransaction);

    private static JsonElement[] BlockParameters(BlockTag tag) => [Text(tag.ToString()), Json(false, RpcJson.Default.Boolean)];

    private async Task<T?> AskAsync<T>(string method, JsonTypeInfo<T> type, JsonElement[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoint.AskAsync(method, type, parameters, cancellationToken);
        }
        catch (RpcErrorException e)
        {
            throw e.AsRefusal();
        }
    }

    private async Task<IReadOnlyList<T?>> AskAllAsync<T>(string method, JsonTypeInfo<T> type, JsonElement[][] calls, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoint.AskAllAsync(method, type, calls, cancellationToken);
        }
        catch (RpcErrorException e)
        {
            throw e.AsRefusal();
        }
    }

    private async Task<ulong> QuantityAsync(string method, JsonElement[] parameters, CancellationToken cancellationToken) =>
        Number(method, await AskAsync(method, RpcJson.Default.String, parameters, cancellationToken));

    private ulong Number(string method, string? text) =>
        Quantity.TryParse(text, out var number) && number <= ulong.MaxValue
            ? (ulong)number
            : throw endpoint.Malformed(method, "what is no quantity of 64 bits");

    private BlockHeader Header(string method, BlockTag tag, RpcBlock block)
    {
        if (tag.IsNumber && block.Number != tag.Number) throw endpoint.Malformed(method, $"block {block.Number} instead of {tag.Number}");
        if (block.LogsBloom.Length != LogsBloom.SizeBytes) throw endpoint.Malformed(method, $"a logs bloom of {block.LogsBloom.Length} bytes");
        return new BlockHeader(block.Number, block.Hash, block.ParentHash, block.Timestamp, block.BaseFeePerGas, LogsBloom.Of(block.LogsBloom.Span));
    }

    private TransactionReceipt Receipt(Hash256 transaction, RpcReceipt receipt)
    {
        const string Method = "eth_getTransactionReceipt";
        if (receipt.TransactionHash != transaction) throw endpoint.Malformed(Method, $"the receipt of {receipt.TransactionHash} instead of {transaction}");
        if (receipt.Status > 1) throw endpoint.Malformed(Method, $"the status {receipt.Status}");
        return new TransactionReceipt(transaction, receipt.From, new BlockRef(receipt.BlockNumber, receipt.BlockHash), receipt.Status == 1, receipt.GasUsed,
            receipt.EffectiveGasPrice, receipt.ContractAddress, [.. receipt.Logs.Select(log => Entry(Method, log))]);
    }

    private LogEntry Entry(string method, RpcLog? log)
    {
        if (log is null) throw endpoint.Malformed(method, "a log that is null");
        if (log.Removed) throw new ChainException(ChainFault.Reorged, $"{endpoint.Name} answered {method} with a log that a reorg removed.");
        return new LogEntry(log.Address, [.. log.Topics], log.Data, new BlockRef(log.BlockNumber, log.BlockHash), log.TransactionHash, log.LogIndex);
    }
}

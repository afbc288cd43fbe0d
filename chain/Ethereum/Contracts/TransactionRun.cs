using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Queue;

namespace Grid.Chain.Ethereum.Contracts;

/// <param name="Name">For people and reports.</param>
public sealed record NamedRequest(string Name, TransactionRequest Request);

/// <param name="GasUsed">Of the whole transaction: 21 000 and calldata included.</param>
public sealed record MinedTransaction(string Name, Hash256 Hash, ulong GasUsed, BlockRef Block, Address? CreatedContract);

/// <summary>
/// Sends some transactions of one key in their order and waits until they are mined. A reorg may take them back still; the queue
/// sends them again for as long as somebody pumps it. For tools and set-up: an operator's own loop does not wait.
/// </summary>
public sealed class TransactionRun(IChain chain, TransactionQueue queue, TimeProvider time)
{
    /// <exception cref="ContractException">One was refused or reverted; those behind it may be mined.</exception>
    public async Task<IReadOnlyList<MinedTransaction>> RunAsync(IReadOnlyList<NamedRequest> requests, CancellationToken cancellationToken)
    {
        foreach (var request in requests) await EnqueueAsync(request, cancellationToken);
        var mined = new List<MinedTransaction>();
        foreach (var request in requests) mined.Add(await MinedAsync(request, cancellationToken));
        return mined;
    }

    private async Task EnqueueAsync(NamedRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await queue.EnqueueAsync(request.Request, cancellationToken))
            {
                case EnqueueStatus.Conflict:
                    throw new ContractException($"'{request.Name}' was asked for before under the same id with another content.");
                case EnqueueStatus.Full: await PumpAsync(cancellationToken); break;
                default: return;
            }
        }
    }

    private async Task<MinedTransaction> MinedAsync(NamedRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await queue.StatusAsync(request.Request.Id, cancellationToken)
                ?? throw new ContractException($"'{request.Name}' is no longer known to the queue.");
            if (status.Closed is { Outcome: not TransactionOutcome.Succeeded } closed)
                throw new ContractException($"'{request.Name}' was not done ({closed.Outcome}): {RevertText.Named(closed.Reason)}");
            var inclusion = status.Closed?.Mined ?? status.Open?.Mined;
            if (inclusion is { Succeeded: false })
                throw new ContractException($"'{request.Name}' reverted in transaction {inclusion.Transaction}.");
            if (inclusion is not null && await chain.GetReceiptAsync(inclusion.Transaction, cancellationToken) is { } receipt)
                return new MinedTransaction(request.Name, receipt.Transaction, receipt.GasUsed, receipt.Block, receipt.CreatedContract);
            await PumpAsync(cancellationToken);
        }
    }

    // Looks once; pauses where that moved nothing, since blocks come when they come.
    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        await queue.PumpAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(Limits.RunPauseMs), time, cancellationToken);
    }
}

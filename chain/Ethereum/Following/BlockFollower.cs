namespace Grid.Chain.Ethereum.Following;

/// <summary>
/// Reads a chain block by block. It holds no state and starts nothing: the owner calls <see cref="StepAsync"/> with its stored cursor
/// as often as it likes. A fault leaves everything as it was, and the next step sees the same.
/// </summary>
public sealed class BlockFollower(IChain chain, FollowOptions options)
{
    /// <exception cref="ChainException">
    /// Nothing certain could be learned; call again later. <see cref="ChainFault.FinalityViolated"/> does not heal: people must look.
    /// </exception>
    public async Task<FollowResult> StepAsync(ChainCursor cursor, CancellationToken cancellationToken)
    {
        var head = await chain.GetBlockAsync(BlockTag.Latest, cancellationToken)
            ?? throw new ChainException(ChainFault.Malformed, "The chain has no newest block.");
        if (head.Number < cursor.Final.Number)
            throw new ChainException(ChainFault.Lagging, $"The head, {head.Number}, is before {cursor.Final}, which is final.");
        var fork = await ForkAsync(cursor, head, cancellationToken);
        if (fork != NewestUpTo(cursor, head.Number))
        {
            var (back, removed) = cursor.RollBack(fork);
            return new FollowResult.RolledBack(back, removed);
        }

        var firm = await FinalizeAsync(cursor, cancellationToken);
        var target = head.Number - Math.Min(head.Number, options.Confirmations);
        return firm.Tip.Number >= target ? new FollowResult.UpToDate(firm) : await AdvanceAsync(firm, target, cancellationToken);
    }

    // A head behind the tip is a node that lags or a shorter branch: what lies above it is not judged.
    private static BlockRef NewestUpTo(ChainCursor cursor, ulong number) =>
        number >= cursor.Tip.Number ? cursor.Tip : number == cursor.Final.Number ? cursor.Final : cursor.Unfinal[(int)(number - cursor.Final.Number - 1)];

    private async Task<BlockRef> ForkAsync(ChainCursor cursor, BlockHeader head, CancellationToken cancellationToken)
    {
        var newest = NewestUpTo(cursor, head.Number);
        var there = newest.Number == head.Number ? head : await chain.GetBlockAsync(BlockTag.At(newest.Number), cancellationToken);
        if (there?.Ref == newest) return newest;
        BlockRef[] held = [cursor.Final, .. cursor.Unfinal.TakeWhile(block => block.Number <= newest.Number)];
        for (var end = held.Length; end > 0; end -= Math.Min(end, Limits.MaxRpcBatch))
        {
            var page = held[Math.Max(0, end - Limits.MaxRpcBatch)..end];
            var canonical = await chain.GetBlocksAsync(page[0].Number, page.Length, cancellationToken);
            var common = page.Zip(canonical).Where(pair => pair.First == pair.Second.Ref).Select(pair => pair.First).ToArray();
            if (common.Length > 0) return common[^1];
        }

        throw new ChainException(
            ChainFault.FinalityViolated, $"{cursor.Final} was final and is not in the chain any more. Nothing is rolled back behind it: check the endpoints, then the chain.");
    }

    private async Task<ChainCursor> FinalizeAsync(ChainCursor cursor, CancellationToken cancellationToken)
    {
        var final = await chain.GetBlockAsync(BlockTag.Finalized, cancellationToken);
        var firm = final is null ? cursor : cursor.Finalize(final.Ref) ?? throw Reorged();
        return firm.Unfinal.Length < Limits.MaxUnfinalBlocks
            ? firm
            : throw new ChainException(
                ChainFault.Lagging, $"{firm.Unfinal.Length} blocks were read since {firm.Final}, the last final one; reading waits until more are final.");
    }

    private async Task<FollowResult> AdvanceAsync(ChainCursor cursor, ulong target, CancellationToken cancellationToken)
    {
        var first = cursor.Tip.Number + 1;
        var count = (int)Math.Min(target - cursor.Tip.Number, (ulong)Math.Clamp(options.PageBlocks, 1, Limits.MaxRpcBatch));
        var headers = await chain.GetBlocksAsync(first, count, cancellationToken);
        if (headers.Count == 0) throw Reorged();
        while (true)
        {
            var next = cursor.Extend(headers) ?? throw Reorged();
            try
            {
                return new FollowResult.Advanced(next, headers, await LogsAsync(headers, cancellationToken));
            }
            catch (ChainException e) when (e.Fault is ChainFault.Refused or ChainFault.Malformed && headers.Count > 1)
            {
                // More logs than the server gives at once, it may be; half as many blocks have fewer.
                headers = [.. headers.Take(headers.Count / 2)];
            }
        }
    }

    private async Task<IReadOnlyList<LogEntry>> LogsAsync(IReadOnlyList<BlockHeader> headers, CancellationToken cancellationToken)
    {
        var logs = await chain.GetLogsAsync(options.Filter, headers[0].Number, headers[^1].Number, cancellationToken);
        foreach (var suspect in LogPage.Suspects(options.Filter, headers, logs))
        {
            var inReceipts = (await chain.GetLogsOfBlockAsync(suspect.Ref, cancellationToken)).Where(options.Filter.Matches);
            var inPage = logs.Where(log => log.Block == suspect.Ref).ToArray();
            if (!inReceipts.SequenceEqual(inPage))
                throw new ChainException(
                    ChainFault.Incomplete, $"The page of logs has {inPage.Length} of {suspect.Ref}, its receipts have {inReceipts.Count()}.");
        }

        return logs;
    }

    private static ChainException Reorged() => new(ChainFault.Reorged, "The chain changed while it was read.");
}

namespace Grid.Chain.Ethereum.Following;

/// <summary>Whether a page of logs can be the logs of these blocks.</summary>
public static class LogPage
{
    /// <param name="headers">At least one, and each the child of the one before.</param>
    /// <returns>
    /// Blocks that must be read again from their receipts before the page is believed: their Bloom filter says that there may be logs and the
    /// page has none, or they are where the page ends, and a cut page ends in the middle of a block.
    /// </returns>
    /// <exception cref="ChainException">The page can't be right.</exception>
    public static IReadOnlyList<BlockHeader> Suspects(LogFilter filter, IReadOnlyList<BlockHeader> headers, IReadOnlyList<LogEntry> logs)
    {
        LogEntry? previous = null;
        foreach (var log in logs)
        {
            Check(filter, headers, previous, log);
            previous = log;
        }

        var withLogs = logs.Select(log => log.Block.Number).ToHashSet();
        return [.. headers.Where(header => filter.MayMatch(header.Bloom) && (!withLogs.Contains(header.Number) || header.Number == previous!.Block.Number))];
    }

    private static void Check(LogFilter filter, IReadOnlyList<BlockHeader> headers, LogEntry? previous, LogEntry log)
    {
        var header = log.Block.Number >= headers[0].Number && log.Block.Number <= headers[^1].Number
            ? headers[(int)(log.Block.Number - headers[0].Number)]
            : throw Wrong(ChainFault.Malformed, log, $"is outside of blocks {headers[0].Number} to {headers[^1].Number}");
        if (header.Hash != log.Block.Hash) throw Wrong(ChainFault.Reorged, log, $"is of another block than {header.Ref}");
        if (!filter.Matches(log)) throw Wrong(ChainFault.Malformed, log, "does not match the filter");
        if (!filter.MayMatch(header.Bloom)) throw Wrong(ChainFault.Malformed, log, "is ruled out by its block's Bloom filter");
        if (previous is not null && !IsAfter(previous, log)) throw Wrong(ChainFault.Malformed, log, "is out of order");
    }

    private static bool IsAfter(LogEntry earlier, LogEntry later) =>
        later.Block.Number > earlier.Block.Number || (later.Block.Number == earlier.Block.Number && later.Index > earlier.Index);

    private static ChainException Wrong(ChainFault fault, LogEntry log, string what) => new(fault, $"Log {log.Index} of {log.Block} {what}.");
}

using System.Collections.Immutable;

namespace Grid.Chain.Ethereum.Following;

/// <summary>What one step of a follower found. The caller applies it and stores the cursor in one write.</summary>
public abstract record FollowResult(ChainCursor Cursor)
{
    /// <summary>There is nothing new.</summary>
    public sealed record UpToDate(ChainCursor Cursor) : FollowResult(Cursor);

    /// <summary>The next blocks, without a gap, and all their logs in order.</summary>
    public sealed record Advanced(ChainCursor Cursor, IReadOnlyList<BlockHeader> Blocks, IReadOnlyList<LogEntry> Logs) : FollowResult(Cursor);

    /// <summary>A reorg took blocks away; whatever came from them is undone.</summary>
    /// <param name="Removed">Newest first.</param>
    public sealed record RolledBack(ChainCursor Cursor, ImmutableArray<BlockRef> Removed) : FollowResult(Cursor);
}

/// <param name="Confirmations">Blocks on top of one before it is read; 0 reads the head, and sees more reorgs.</param>
/// <param name="PageBlocks">Blocks in one step, 1 to <see cref="Limits.MaxRpcBatch"/>.</param>
public sealed record FollowOptions(LogFilter Filter, ulong Confirmations, int PageBlocks = Limits.MaxRpcBatch);

using System.Collections.Immutable;

namespace Grid.Chain.Ethereum.Following;

/// <summary>
/// How far a reader of the chain has come, to be stored together with what it made of the blocks. It remembers every block since
/// the last final one, without gaps, so that it knows what a reorg took away.
/// </summary>
/// <param name="Final">Nothing before or at it is ever taken back.</param>
/// <param name="Unfinal">The blocks read after it, one by one.</param>
public sealed record ChainCursor(BlockRef Final, ImmutableArray<BlockRef> Unfinal)
{
    /// <summary>The last block that was read.</summary>
    public BlockRef Tip => Unfinal.IsEmpty ? Final : Unfinal[^1];

    /// <param name="start">A final block before the first of interest: the one before the contracts were created.</param>
    public static ChainCursor After(BlockRef start) => new(start, []);

    /// <returns>Null where the headers don't follow the tip one by one: the chain is another one by now.</returns>
    public ChainCursor? Extend(IReadOnlyList<BlockHeader> headers)
    {
        var tip = Tip;
        foreach (var header in headers)
        {
            if (!header.Follows(tip)) return null;
            tip = header.Ref;
        }

        return this with { Unfinal = Unfinal.AddRange(headers.Select(header => header.Ref)) };
    }

    /// <summary>Goes back to a block that it holds.</summary>
    /// <returns>The cursor there, and the blocks that are gone, newest first.</returns>
    public (ChainCursor Cursor, ImmutableArray<BlockRef> Removed) RollBack(BlockRef fork)
    {
        var kept = fork == Final ? 0 : Unfinal.IndexOf(fork) + 1;
        if (kept == 0 && fork != Final) throw new InvalidOperationException($"The cursor does not hold {fork}.");
        return (this with { Unfinal = Unfinal[..kept] }, [.. Unfinal[kept..].Reverse()]);
    }

    /// <summary>What is final needs no memory. A cursor that has not come so far yet becomes final up to its tip.</summary>
    /// <returns>Null where the final block is not the one that was read: the chain is another one by now.</returns>
    public ChainCursor? Finalize(BlockRef final)
    {
        if (final.Number <= Final.Number) return this;
        var count = (int)Math.Min(final.Number - Final.Number, (ulong)Unfinal.Length);
        if (count == 0) return this;
        var newest = Unfinal[count - 1];
        return newest.Number < final.Number || newest == final ? new ChainCursor(newest, Unfinal[count..]) : null;
    }
}

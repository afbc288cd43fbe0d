namespace Grid.Protocol.Eras;

/// <summary>The bounds of eras.</summary>
public static class Limits
{
    /// <summary>Providers of one era. A path in the contracts has 32 levels at most; this is what fits an operator's memory.</summary>
    public const int MaxLeaves = 1 << 24;

    /// <summary>Leaves or nodes that one worker hashes at a time: 64 KiB of encoded leaves.</summary>
    internal const int HashesAtOnce = 256;

    /// <summary>As many signatures as a commit carries on the chain.</summary>
    public const int MaxOperators = 32;

    /// <summary>Of all operators to their secrets of the two coming eras.</summary>
    public const int MaxCommitments = 2 * MaxOperators;

    /// <summary>Of an observation book or of an era's record: the largest that is fetched.</summary>
    public const int MaxBookBytes = 128 * 1024 * 1024;
}

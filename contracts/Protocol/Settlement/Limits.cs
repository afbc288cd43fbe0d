namespace Grid.Protocol.Settlement;

public static class Limits
{
    /// <summary>Levels above a leaf: a tree has at most 2³² leaves.</summary>
    public const int MaxPathLength = 32;

    /// <summary>Payers, providers or leases under one root that this implementation builds.</summary>
    public const int MaxLeaves = 1 << 20;
}

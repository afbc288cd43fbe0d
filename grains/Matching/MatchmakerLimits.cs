namespace Grid.Matching;

internal static class MatchmakerLimits
{
    /// <summary>Orders that one hash chain serves before the next one is published.</summary>
    public const int ChainLength = 1 << 16;

    /// <summary>Providers whose rows are read at the same time.</summary>
    public const int ReadsAtOnce = 128;

    /// <summary>Void elements that are published; older ones are in the deltas' history.</summary>
    public const int Voids = 1024;
}

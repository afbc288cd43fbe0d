namespace Grid.Matching;

internal static class MatchmakerLimits
{
    /// <summary>Providers whose rows are read at the same time.</summary>
    public const int ReadsAtOnce = 128;

    /// <summary>Providers whose references are kept.</summary>
    public const int KnownProviders = 100_000;

    /// <summary>Void elements that are published; older ones are in the deltas' history.</summary>
    public const int Voids = 1024;
}

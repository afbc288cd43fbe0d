namespace Grid.Silo.Matching;

public static class Limits
{
    /// <summary>A file of changes is closed at this size, or at the size of the last snapshot where that is more: a restart reads no more
    /// than both.</summary>
    public const long MinFileBytes = 64 << 20;

    /// <summary>How long changes are kept: so long can a match be recomputed from its index.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
}

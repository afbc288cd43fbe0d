namespace Grid.Node.Artifacts;

internal static class Limits
{
    /// <summary>How long logs and sealed outputs stay after their lease has ended.</summary>
    public const long RetentionMs = 24L * 60 * 60 * 1000;

    public const int CopyBytes = 64 * 1024;

    /// <summary>An input or output beyond this is refused.</summary>
    public const long MaxArtifactBytes = 16L << 30;
}

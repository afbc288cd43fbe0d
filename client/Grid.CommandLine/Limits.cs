namespace Grid.CommandLine;

/// <summary>Bounds of the command line.</summary>
internal static class Limits
{
    /// <summary>How long a command may tidy up after Ctrl-C or SIGTERM.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    /// <summary>Pages of a listing that one command reads.</summary>
    public const int MaxPages = 1000;

    /// <summary>Files of one <c>grid manifest check</c>.</summary>
    public const int MaxManifestFiles = 100_000;
}

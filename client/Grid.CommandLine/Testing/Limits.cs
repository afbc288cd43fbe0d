namespace Grid.CommandLine.Testing;

/// <summary>Bounds of a test run.</summary>
internal static class Limits
{
    /// <summary>One suite's time, after which it is ended and counted as failed.</summary>
    public static readonly TimeSpan Suite = TimeSpan.FromMinutes(6);

    /// <summary>The same with <c>--long</c>.</summary>
    public static readonly TimeSpan LongSuite = TimeSpan.FromHours(4);

    /// <summary>How long the output of a suite that has ended is still read.</summary>
    public static readonly TimeSpan OutputAfterExit = TimeSpan.FromSeconds(5);

    /// <summary>Lines of a suite's own output that are shown when it breaks off.</summary>
    public const int ShownLines = 30;

    /// <summary>Failures of one suite that are shown in full; all are counted.</summary>
    public const int ShownFailures = 100;

    /// <summary>Of one suite.</summary>
    public const int ShownNotes = 20;
}

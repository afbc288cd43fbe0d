namespace Grid.Node.Hosting;

internal static class Limits
{
    /// <summary>An offer and a sealing key are signed anew on every link; a link that lives longer than this dials again.</summary>
    public const long OfferLifetimeMs = 30L * 24 * 60 * 60 * 1000;

    public const int StopTimeoutMs = 10_000;

    /// <summary>Of what an operator hears about the end of a workload.</summary>
    public const int MaxMessageChars = 256;

    /// <summary>Tries to fetch an input, with pauses that double from the first to the last: half a minute in all.</summary>
    public const int InputTries = 8;

    public const int FirstInputPauseMs = 250;

    public const int LastInputPauseMs = 8_000;

    /// <summary>Workloads whose outputs are sealed at the same time.</summary>
    public const int SealsAtOnce = 2;

    /// <summary>Ended workloads whose logs are kept, at most; the lease that ended first goes first.</summary>
    public const int RetainedWorkloads = 256;

    /// <summary>Between two looks at everything that a lost event should have caused; sooner after a lease has ended.</summary>
    public const int SweepMs = 60_000;

    public const int LeastSweepPauseMs = 1_000;

    /// <summary>Between two looks at what the owner lists: a change is at the operators well within a second.</summary>
    public const int OfferLookMs = 200;

    /// <summary>Before the engine is asked again, where its supervisor does not answer.</summary>
    public const int WatchPauseMs = 1_000;
}

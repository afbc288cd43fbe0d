namespace Grid.CommandLine;

/// <summary>Bounds of the command line.</summary>
internal static class Limits
{
    /// <summary>How long a command may tidy up after Ctrl-C or SIGTERM.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    /// <summary>How long a program of a local grid may take to serve, or to connect.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long a program of a local grid may take to stop, at each of two requests.</summary>
    public static readonly TimeSpan ChildPatience = TimeSpan.FromSeconds(6);

    /// <summary>Pause between two looks for something that takes a moment.</summary>
    public static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Pause between two looks at a running local grid.</summary>
    public static readonly TimeSpan WatchPause = TimeSpan.FromSeconds(1);

    /// <summary>A folder whose last files are just being given up takes another attempt.</summary>
    public const int RemoveAttempts = 40;

    /// <summary>How long a running node may take to list what it was told to.</summary>
    public static readonly TimeSpan OfferPatience = TimeSpan.FromSeconds(5);

    /// <summary>How long the demo waits for one thing of the market: a price that is seen, a node that joins.</summary>
    public static readonly TimeSpan MarketPatience = TimeSpan.FromSeconds(30);

    public const int MaxLocalNodes = 64;

    public const int MaxLocalOperators = 9;

    /// <summary>A local grid's chain has a block this often, with or without transactions, so that its windows pass.</summary>
    public const int LocalBlockSeconds = 1;

    /// <summary>A local chain is never taken back: what is two blocks old is final.</summary>
    public const int LocalSlotsInAnEpoch = 1;

    /// <summary>How often a local chain's state file is written: one that is kept grows by the day.</summary>
    public const int LocalStateSeconds = 1;

    public const int KeptStateSeconds = 15;

    /// <summary>Era 0 of a local chain begins when its operators probably run. One that too few of them saw whole comes to nothing.</summary>
    public const int GenesisAfterSeconds = 10;

    /// <summary>What `up` and `demo` have with a chain, where a quorum shows; and without one.</summary>
    public const int OperatorsWithChain = 3;

    public const int OperatorsWithoutChain = 1;

    /// <summary>How often a local grid's silos look at its chain.</summary>
    public const int ChainPollMs = 500;

    /// <summary>Between two settlement roots of a local grid: its windows are of seconds, and so is a user's patience.</summary>
    public const int SettleEverySeconds = 5;

    /// <summary>The whole of <c>grid demo</c>.</summary>
    public static readonly TimeSpan DemoDeadline = TimeSpan.FromSeconds(240);

    /// <summary>What a dead node's lease has been paid for is held so long, in case it comes back.</summary>
    public const int DemoRunAheadSeconds = 20;

    /// <summary>How long one thing may take that passes windows of a local chain: an era, an appeal, a dispute.</summary>
    public static readonly TimeSpan ChainPatience = TimeSpan.FromSeconds(60);

    /// <summary>How long a sample of the demo waits for nodes that are not there.</summary>
    public static readonly TimeSpan CandidatePatience = TimeSpan.FromSeconds(10);

    /// <summary>Of the first era, before a node is killed: who was never observed has promised nothing.</summary>
    public const int ObservedSeconds = 5;

    /// <summary>The silence that the demo accuses an honest node of.</summary>
    public const int AccusedSeconds = 6;

    /// <summary>How far that lies back.</summary>
    public const int AccusedLateSeconds = 3;

    /// <summary>Receipts that are asked for in one call.</summary>
    public const int ReceiptsAtOnce = 100;

    /// <summary>What a service of the demo is billed for at least.</summary>
    public const long DemoServiceSeconds = 2;

    /// <summary>One request to a service of the demo.</summary>
    public static readonly TimeSpan HttpPatience = TimeSpan.FromSeconds(5);

    /// <summary>The end of a program's log that is shown where it failed.</summary>
    public const int ShownLogBytes = 4096;

    /// <summary>Pages of a listing that one command reads.</summary>
    public const int MaxPages = 1000;

    /// <summary>Files of one <c>grid manifest check</c>.</summary>
    public const int MaxManifestFiles = 100_000;
}

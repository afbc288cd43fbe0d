namespace Grid.Node.Link;

internal static class Limits
{
    public const int ConnectTimeoutMs = 10_000;

    /// <summary>Between two attempts to reach an operator: doubled from the first to the last.</summary>
    public const int FirstRetryMs = 200;

    public const int LastRetryMs = 10_000;

    /// <summary>Messages that wait for one link; beyond it the link is closed, since the next one begins with all that matters.</summary>
    public const int OutboxMessages = 4096;

    /// <summary>Streams that one operator has open at a time.</summary>
    public const int StreamsAtOnce = 128;

    /// <summary>Between two looks at a log that is followed.</summary>
    public const int LogPollMs = 100;

    public const int RelayBufferBytes = 64 * 1024;
}

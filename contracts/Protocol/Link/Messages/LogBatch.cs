namespace Grid.Protocol.Link.Messages;

/// <summary>
/// What flows on a stream of <see cref="LogsPurpose"/>: one of these a line, as JSON without line breaks (<see cref="LinkJson"/>). The node ends the stream
/// when it has sent all there is and, where the reader follows, the workload has ended for good.
/// </summary>
/// <param name="NextOffset">Where to read on. Offsets are the node's own; they only grow, also over restarts of the workload.</param>
/// <param name="MissedBytes">What was dropped before the first line, since logs are bounded.</param>
public sealed record LogBatch(long NextOffset, long MissedBytes, IReadOnlyList<LogEntry> Lines);

/// <param name="IsError">Standard error, not standard output.</param>
/// <param name="IsPartial">The line goes on in the next entry of its stream.</param>
public sealed record LogEntry(long TimeUnixMs, bool IsError, bool IsPartial, string Text);

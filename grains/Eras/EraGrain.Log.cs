using Grid.Chain.Crypto;
using Microsoft.Extensions.Logging;

namespace Grid.Eras;

public sealed partial class EraGrain
{
    private ILogger<EraGrain> Log => _log;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Era {Era} is committed: {Leaves} leaves under {Root}.")]
    private partial void LogCommitted(ulong era, Hash256 root, uint leaves);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Era {Era} is missed with {Books} books and {Votes} votes. {Objection}")]
    private partial void LogMissed(ulong era, int books, int votes, string? objection);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "No vote for era {Era} yet: {Objection}")]
    private partial void LogObjection(ulong era, string objection);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "This operator signs no root of era {Era}: {Reason}")]
    private partial void LogForgone(ulong era, string reason);
}

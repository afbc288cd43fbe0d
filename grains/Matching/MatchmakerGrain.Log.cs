using Grid.Protocol;
using Microsoft.Extensions.Logging;

namespace Grid.Matching;

public sealed partial class MatchmakerGrain
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "Provider {Provider} made no bid: {Reason}")]
    private partial void LogNoBid(ProviderId provider, string reason);

    [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "Provider {Provider} gave no rows: {Reason}")]
    private partial void LogNoRows(ProviderId provider, string reason);
}

using Grid.Chain.Crypto;
using Grid.Protocol;
using Microsoft.Extensions.Logging;

namespace Grid.Slashing;

public sealed partial class SlashingGrain
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Provider {Provider} was silent in lease {Lease} from {From} to {To}: reported to the other operators")]
    private partial void LogReported(ProviderId provider, LeaseId lease, long from, long to);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Signed what operator {Reporter} reports: provider {Provider} was silent from {From} to {To}")]
    private partial void LogSigned(ProviderId provider, Address reporter, long from, long to);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Case {Case} against provider {Provider} is {State}")]
    private partial void LogCase(ProviderId provider, Hash256 @case, CaseState state);
}

using Grid.Protocol;
using Microsoft.Extensions.Logging;

namespace Grid.Leases;

public sealed partial class LeaseGrain
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "Lease {Lease} is lost: provider {Provider} is silent")]
    private partial void LogLost(LeaseId lease, ProviderId provider);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "Lease {Lease} refuses a receipt: {Reason}")]
    private partial void LogReceiptRefused(LeaseId lease, string reason);
}

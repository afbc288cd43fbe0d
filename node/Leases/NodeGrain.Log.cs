using Grid.Protocol;
using Grid.Protocol.Signing;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Leases;

public sealed partial class NodeGrain
{
    [LoggerMessage(100, LogLevel.Warning, "Lease {Lease} could not be started: {Reason}")]
    private static partial void LogStartFailed(ILogger log, LeaseId lease, string reason);

    [LoggerMessage(101, LogLevel.Information, "Lease {Lease} stops: {Reason}")]
    private static partial void LogStopping(ILogger log, LeaseId lease, CloseReason reason);
}

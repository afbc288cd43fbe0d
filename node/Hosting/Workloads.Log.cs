using Grid.Protocol;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Hosting;

internal sealed partial class Workloads
{
    [LoggerMessage(200, LogLevel.Warning, "Lease {Lease}: {Service} left no output {Output}: {Reason}")]
    private partial void LogNoOutput(LeaseId lease, string service, string output, string reason);

    [LoggerMessage(201, LogLevel.Warning, "Lease {Lease}: the engine could not do what was asked")]
    private partial void LogFailed(LeaseId lease, Exception failure);
}

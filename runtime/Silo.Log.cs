using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Grid.Runtime;

internal sealed partial class Silo
{
    [LoggerMessage(5, LogLevel.Warning, "one-way call {Method} of {Grain} failed; its caller does not hear of it")]
    private static partial void LogOneWayFailed(ILogger log, string method, GrainId grain, Exception error);
}

using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Grid.Runtime.Activations;

internal sealed partial class Activation
{
    [LoggerMessage(1, LogLevel.Warning, "{Grain} could not be activated; its waiting calls fail with the same error")]
    private static partial void LogActivationFailed(ILogger log, GrainId grain, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "{Grain} failed while it was deactivated; it is gone all the same")]
    private static partial void LogDeactivationFailed(ILogger log, GrainId grain, Exception error);
}

using Microsoft.Extensions.Logging;
using Orleans;

namespace Grid;

/// <summary>Around every call to every grain: one that sees a broken invariant ends without storing anything, and says so as loudly as a log can.</summary>
public sealed partial class InvariantIncidents(ILogger<InvariantIncidents> log) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (InvariantBrokenException broken)
        {
            LogIncident(broken.Id, context.TargetId.ToString(), broken);
            (context.Grain as IGrainBase)?.DeactivateOnIdle();
            throw;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "INCIDENT {Invariant} is broken at {Grain}, which ends and keeps what it had stored")]
    private partial void LogIncident(string invariant, string grain, Exception broken);
}

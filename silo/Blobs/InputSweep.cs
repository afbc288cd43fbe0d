using Grid.Deployments;
using Orleans;

namespace Grid.Silo.Blobs;

/// <summary>Every hour: inputs of closed deployments, and uploads that nobody used, are removed.</summary>
internal sealed partial class InputSweep(InputBlobs blobs, IGrainFactory grains, TimeProvider time, ILogger<InputSweep> log) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync();
    }

    private async Task SweepAsync()
    {
        try
        {
            // A claim comes before its deployment: only one that has had its time is asked for.
            foreach (var deployment in blobs.ClaimantsBefore(time.GetUtcNow() - s_period))
            {
                var view = await grains.GetGrain<IDeploymentGrain>(deployment.ToString()).GetView();
                if (view is null or { Phase: DeploymentPhase.Closed }) blobs.Unclaim(deployment);
            }

            blobs.RemoveUnclaimed(time.GetUtcNow());
        }
        catch (Exception failure)
        {
            LogSweepFailed(failure);
        }
    }

    [LoggerMessage(520, LogLevel.Warning, "Inputs could not be swept; the next hour tries again")]
    private partial void LogSweepFailed(Exception failure);
}

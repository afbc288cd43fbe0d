using Grid.Silo.Links;

namespace Grid.Silo.Hosting;

/// <summary>
/// What happens between SIGTERM and the end: <c>/readyz</c> says no and nothing new begins, nodes are sent away with a time to come back, requests in flight
/// end within the host's deadline; the grains and the store stop last.
/// </summary>
internal sealed partial class DrainOnStop(Drain drain, NodeSessions sessions, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DrainOnStop> log) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => drain.Start());
        return Task.CompletedTask;
    }

    /// <summary>Runs before any hosted service, the web server included, is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        drain.Start();
        var all = sessions.All();
        LogDraining(all.Count);
        var closing = Task.WhenAll(all.Select(static session => session.DrainAsync()));
        try
        {
            await closing.WaitAsync(TimeSpan.FromMilliseconds(Links.Limits.DrainTimeoutMs), time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            LogLate(sessions.Count);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(550, LogLevel.Information, "Draining: {Sessions} nodes are sent away")]
    private partial void LogDraining(int sessions);

    [LoggerMessage(551, LogLevel.Warning, "{Sessions} nodes did not hang up in time; they are cut off")]
    private partial void LogLate(int sessions);
}

using Grid.Runtime.Activations;
using Grid.Runtime.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Grid.Runtime.Hosting;

/// <summary>A silo in this process, on the thread pool. Started and stopped by the host that it was added to, or by hand.</summary>
public sealed partial class LocalSilo : IHostedService, IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly LiveHost _host;
    private readonly Silo _silo;
    private IdleCollector? _collector;

    internal LocalSilo(IServiceProvider services, LiveHost host, Silo silo)
    {
        _services = services;
        _host = host;
        _silo = silo;
    }

    /// <summary>Grain calls from code that is no grain.</summary>
    public IClusterClient Client => _silo.Grains;

    public IServiceProvider Services => _services;

    /// <summary>Grains in memory right now.</summary>
    public int ActivationCount => _silo.Catalog.Count;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _silo.Start(_services);
        _collector = new IdleCollector(_silo);
        if (_services.GetService<LocalReminders>() is { } reminders)
            await reminders.StartAsync(cancellationToken);
    }

    /// <summary>Ends all activations, each after the calls that it runs; at most <see cref="Limits.StopTimeoutMs"/>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (!_silo.IsUp)
            return;
        _services.GetService<LocalReminders>()?.Dispose();
        _collector?.Dispose();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "the silo stops");
        var activations = _silo.Catalog.All();
        activations.ForEach(a => a.Deactivate(reason, cancellationToken));
        try
        {
            await Task.WhenAll(activations.Select(a => a.Deactivated))
                .WaitAsync(TimeSpan.FromMilliseconds(Limits.StopTimeoutMs), _host.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogStopTimedOut(_silo.Log, _silo.Catalog.Count, Limits.StopTimeoutMs);
        }

        _silo.Crash();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
    }

    [LoggerMessage(7, LogLevel.Warning, "{Count} activations had not ended after {TimeoutMs} ms; they are dropped")]
    private static partial void LogStopTimedOut(ILogger log, int count, int timeoutMs);
}

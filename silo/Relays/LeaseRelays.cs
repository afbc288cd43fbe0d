using System.Collections.Concurrent;
using System.Net;
using Grid.Deployments;
using Grid.Leases;
using Grid.Protocol;
using Grid.Silo.Hosting;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Relays;

/// <summary>The listeners of every live lease's exposed ports. Sessions say which leases run; a sweep closes what has ended unheard.</summary>
internal sealed partial class LeaseRelays : BackgroundService, ILeaseWatch
{
    private readonly ConcurrentDictionary<LeaseId, Opened> _opened = new();
    private readonly CoalescedWork<LeaseId> _work;
    private readonly IGrainFactory _grains;
    private readonly NodeSessions _sessions;
    private readonly SiloOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LeaseRelays> _log;
    private readonly Lock _portGate = new();
    private int _listeners;
    private int _nextPort;

    public LeaseRelays(IGrainFactory grains, NodeSessions sessions, SiloOptions options, TimeProvider time, ILogger<LeaseRelays> log)
    {
        (_grains, _sessions, _options, _time, _log) = (grains, sessions, options, time, log);
        _nextPort = options.FirstRelayPort;
        _work = new CoalescedWork<LeaseId>(Limits.LookupsAtOnce, LookAsync);
    }

    public void IsOpen(LeaseId lease, ProviderId provider)
    {
        if (!_opened.ContainsKey(lease)) _work.Want(lease);
    }

    public void HasEnded(LeaseId lease)
    {
        if (_opened.ContainsKey(lease)) _work.Want(lease);
    }

    public IReadOnlyList<RelayListener> Of(LeaseId lease) => _opened.TryGetValue(lease, out var opened) ? opened.Listeners : [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_work.RunAsync(stoppingToken), SweepAsync(stoppingToken));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var lease in _opened.Keys) await CloseAsync(lease);
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_options.Parameters.LostAfter, _time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            foreach (var lease in _opened.Keys) _work.Want(lease);
        }
    }

    private async Task LookAsync(LeaseId lease, CancellationToken cancellation)
    {
        try
        {
            var view = await _grains.GetGrain<ILeaseGrain>(lease.ToString()).GetView();
            if (view is not { Phase: LeasePhase.Active, Terms: { } terms }) await CloseAsync(lease);
            else if (!_opened.ContainsKey(lease)) await OpenAsync(terms);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogLookFailed(lease, failure);
        }
    }

    private async Task OpenAsync(LeaseTerms terms)
    {
        var deployment = await _grains.GetGrain<IDeploymentGrain>(terms.Deployment.ToString()).GetView();
        var ports = deployment is null ? [] : RelayPort.Of(deployment, terms.Order);
        var listeners = new List<RelayListener>(ports.Count);
        foreach (var port in ports)
        {
            if (TryListen(port, terms) is { } listener) listeners.Add(listener);
            else LogNoPort(terms.Lease, port.Service, port.Port);
        }

        _opened[terms.Lease] = new Opened(listeners);
    }

    private async Task CloseAsync(LeaseId lease)
    {
        if (!_opened.TryRemove(lease, out var opened)) return;
        foreach (var listener in opened.Listeners) await listener.DisposeAsync();
        Interlocked.Add(ref _listeners, -opened.Listeners.Count);
    }

    private RelayListener? TryListen(RelayPort port, LeaseTerms terms)
    {
        if (Volatile.Read(ref _listeners) >= Limits.Listeners) return null;
        var address = IPAddress.Parse(_options.RelayAddress);
        var tries = _options.FirstRelayPort == 0 ? 1 : Limits.TriesPerPort;
        for (var attempt = 0; attempt < tries; attempt++)
        {
            if (RelayListener.TryOpen(address, NextPort(), port, terms.Lease, terms.Provider, _sessions) is not { } listener) continue;
            Interlocked.Increment(ref _listeners);
            return listener;
        }

        return null;
    }

    private int NextPort()
    {
        if (_options.FirstRelayPort == 0) return 0;
        lock (_portGate)
        {
            if (_nextPort > _options.LastRelayPort) _nextPort = _options.FirstRelayPort;
            return _nextPort++;
        }
    }

    private sealed record Opened(IReadOnlyList<RelayListener> Listeners);

    [LoggerMessage(530, LogLevel.Warning, "Port {Port} of {Service} of lease {Lease} has no listener: none is free")]
    private partial void LogNoPort(LeaseId lease, string service, int port);

    [LoggerMessage(531, LogLevel.Warning, "Lease {Lease} could not be looked up; its next report tries again")]
    private partial void LogLookFailed(LeaseId lease, Exception failure);
}

using Grid.Chain.Crypto;
using Grid.Eras;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Once a tick: moves the eras on, and brings what the peers have published. A peer that is away holds up nobody.</summary>
internal sealed partial class EraLoop(
    IGrainFactory grains,
    EraPorts ports,
    OperatorPeers peers,
    PeerContacts contacts,
    GridParameters parameters,
    TimeProvider time,
    ILogger<EraLoop> log) : BackgroundService
{
    private readonly EraCourier _courier = new(grains, ports.Identity, ports.Files);
    private readonly SortedDictionary<Address, Task> _visits = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromMilliseconds(Limits.PeerTimeoutMs) })
        {
            Timeout = TimeSpan.FromMilliseconds(Limits.PeerTimeoutMs),
        };
        using var timer = new PeriodicTimer(parameters.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await GuardedAsync(() => grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).Pulse());
            foreach (var peer in peers.All())
            {
                // One visit to a peer at a time: one that hangs keeps nobody else waiting.
                if (_visits.TryGetValue(peer.Operator, out var before) && !before.IsCompleted) continue;
                _visits[peer.Operator] = GuardedAsync(() => VisitAsync(http, peer, stoppingToken));
            }
        }
    }

    private async Task VisitAsync(HttpClient http, OperatorPeer peer, CancellationToken cancellation)
    {
        var site = new HttpEraPeer(http, peer.Url);
        if (await site.GetOverviewAsync(cancellation) is not { } overview) return;
        contacts.Answered(peer.Operator);
        await _courier.BringAsync(site, overview, cancellation);
    }

    private async Task GuardedAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogRoundFailed(failure);
        }
    }

    [LoggerMessage(581, LogLevel.Warning, "A round of the eras failed; the next one tries again")]
    private partial void LogRoundFailed(Exception failure);
}

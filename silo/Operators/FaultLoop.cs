using System.Collections.Concurrent;
using Grid.Protocol;
using Grid.Shards;
using Grid.Slashing;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Once a tick: looks for silence in the eras that are over, and asks the peers to sign what this operator reports. A peer that is away is asked again.</summary>
internal sealed partial class FaultLoop(
    IGrainFactory grains,
    FaultExamination examination,
    OperatorPeers peers,
    GridParameters parameters,
    TimeProvider time,
    ILogger<FaultLoop> log) : BackgroundService
{
    private readonly ConcurrentDictionary<ProviderId, bool> _accused = new();
    private Task _asking = Task.CompletedTask;
    private int _rounds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        http.Timeout = TimeSpan.FromMilliseconds(Limits.FaultTimeoutMs);
        using var timer = new PeriodicTimer(parameters.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await GuardedAsync(async () => Accuse(await examination.RunAsync()));
            await GuardedAsync(FindForgottenAsync);

            // A peer that hangs must not keep anybody from looking.
            if (_asking.IsCompleted) _asking = GuardedAsync(() => AskAllAsync(http, stoppingToken));
        }
    }

    /// <summary>Cases that were open when this silo started, or that a failed round left.</summary>
    private async Task FindForgottenAsync()
    {
        if (_rounds++ % Limits.RoundsPerSweep != 0) return;
        Accuse((await Shard.ListAll(grains, ShardKind.Slashings)).Select(static member => ProviderId.Parse(member)));
    }

    private void Accuse(IEnumerable<ProviderId> providers)
    {
        foreach (var provider in providers) _accused[provider] = true;
    }

    private async Task AskAllAsync(HttpClient http, CancellationToken cancellation)
    {
        var waiting = new List<CaseView>();
        foreach (var (provider, _) in _accused)
        {
            var cases = (await Slashing(provider).GetView()).Cases;
            var open = cases.Where(static one => one is { State: CaseState.Gathering, Claim: not null }).ToArray();
            if (open.Length == 0) _accused.TryRemove(provider, out _);
            waiting.AddRange(open);
        }

        var pressing = waiting.OrderBy(static one => one.Claim!.Fault.ToUnixSeconds).Take(Limits.CasesPerRound);
        var known = peers.All();
        foreach (var batch in pressing.Chunk(Limits.CasesAskedAtOnce))
        {
            var missing = batch.SelectMany(one => known.Where(peer => !one.Voters.Contains(peer.Operator)).Select(peer => (one, peer)));
            await Task.WhenAll(missing.Select(ask => AskAsync(new HttpFaultPeer(http, ask.peer.Url), ask.one, cancellation)));
        }
    }

    private async Task AskAsync(HttpFaultPeer peer, CaseView one, CancellationToken cancellation)
    {
        if (await peer.AskAsync(one.Claim!, cancellation) is not { } signature) return;
        await Slashing(one.Claim!.Fault.Provider).TakeVote(one.Id, signature);
    }

    private ISlashingGrain Slashing(ProviderId provider) => grains.GetGrain<ISlashingGrain>(provider.ToString());

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

    [LoggerMessage(585, LogLevel.Warning, "A look for silence failed; the next one tries again")]
    private partial void LogRoundFailed(Exception failure);
}

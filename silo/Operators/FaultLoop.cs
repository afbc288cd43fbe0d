using Grid.Eras;
using Grid.Protocol;
using Grid.Shards;
using Grid.Slashing;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Once a tick: looks for silence in the eras that are over, and asks the peers to sign what this operator reports. A peer that is away is asked again.</summary>
internal sealed partial class FaultLoop(IGrainFactory grains, EraPorts ports, OperatorPeers peers, GridParameters parameters, TimeProvider time, ILogger<FaultLoop> log) : BackgroundService
{
    private readonly FaultExamination _examination = new(grains, ports, parameters);
    private readonly SortedSet<ProviderId> _accused = [];
    private int _rounds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromMilliseconds(Limits.PeerTimeoutMs) })
        {
            Timeout = TimeSpan.FromMilliseconds(Limits.PeerTimeoutMs),
        };
        using var timer = new PeriodicTimer(parameters.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await GuardedAsync(async () => _accused.UnionWith(await _examination.RunAsync()));
            await GuardedAsync(FindForgottenAsync);
            foreach (var provider in _accused.ToArray()) await GuardedAsync(() => AskAsync(http, provider, stoppingToken));
        }
    }

    /// <summary>Cases that were open when this silo started, or that a failed round left.</summary>
    private async Task FindForgottenAsync()
    {
        if (_rounds++ % Limits.RoundsPerSweep != 0) return;
        foreach (var member in await Shard.ListAll(grains, ShardKind.Slashings)) _accused.Add(ProviderId.Parse(member));
    }

    private async Task AskAsync(HttpClient http, ProviderId provider, CancellationToken cancellation)
    {
        var slashing = grains.GetGrain<ISlashingGrain>(provider.ToString());
        var waiting = (await slashing.GetView()).Cases.Where(static one => one is { State: CaseState.Gathering, Claim: not null }).ToArray();
        if (waiting.Length == 0) _accused.Remove(provider);
        foreach (var one in waiting.Take(Limits.CasesAskedAtOnce))
        {
            var missing = peers.All().Where(peer => !one.Voters.Contains(peer.Operator));
            var answers = await Task.WhenAll(missing.Select(peer => new HttpFaultPeer(http, peer.Url).AskAsync(one.Claim!, cancellation)));
            foreach (var answer in answers)
            {
                if (answer is { } signature) await slashing.TakeVote(one.Id, signature);
            }
        }
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

    [LoggerMessage(585, LogLevel.Warning, "A look for silence failed; the next one tries again")]
    private partial void LogRoundFailed(Exception failure);
}

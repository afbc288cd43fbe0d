using System.Globalization;
using Grid.Eras;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>
/// Once a tick: compares the votes of the last eras with those that the peers were given, also of eras that are decided. An operator that
/// tells two peers different things is found by whoever asks both.
/// </summary>
internal sealed partial class EquivocationLoop(
    IGrainFactory grains,
    EraPorts ports,
    OperatorPeers peers,
    EquivocationReports reports,
    GridParameters parameters,
    TimeProvider time,
    ILogger<EquivocationLoop> log) : BackgroundService
{
    private readonly SortedDictionary<ulong, int> _looks = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = PeerTimeout })
        {
            Timeout = PeerTimeout,
        };
        using var timer = new PeriodicTimer(parameters.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CompareAsync(http, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogRoundFailed(failure);
            }
        }
    }

    private static TimeSpan PeerTimeout => TimeSpan.FromMilliseconds(Limits.PeerTimeoutMs);

    private async Task CompareAsync(HttpClient http, CancellationToken cancellation)
    {
        if ((await grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView()).Current is not { } current) return;
        Pass(current);
        var weights = await ports.Operators.GetWeightsAsync();
        // Those that were looked at least come first.
        foreach (
            var era in _looks.Where(static one => one.Value < Limits.LooksAtDecided).OrderBy(static one => one.Value)
                .Take(Limits.ErasComparedAtOnce).ToArray())
        {
            var view = await grains.GetGrain<IEraGrain>(era.Key.ToString(CultureInfo.InvariantCulture)).GetView();
            var answers = await Task.WhenAll(
                peers.All().Select(peer => VotesOfAsync(new HttpEraPeer(http, peer.Url), era.Key, cancellation)));
            var votes = view.Votes.Concat(view.Equivocations).Concat(answers.SelectMany(static answer => answer));
            foreach (var found in Equivocation.Among(era.Key, votes, ports.Identity.Domain))
            {
                LogFound(found.Operator.ToString(), found.Era);
                await reports.ReportAsync(found, [.. weights.Operators], cancellation);
                // Until it is on the chain the era stays here.
                _looks[era.Key] = -1;
            }

            if (view.Stage is EraStage.Final or EraStage.Missed) _looks[era.Key]++;
        }
    }

    private void Pass(ulong current)
    {
        var oldest = current - Math.Min(current, Limits.ErasSearched);
        foreach (var era in _looks.Keys.Where(era => era < oldest).ToArray())
        {
            _looks.Remove(era);
            reports.Forget(era);
        }

        for (var era = oldest; era < current; era++) _looks.TryAdd(era, 0);
    }

    private static async Task<IEnumerable<Signed<EraRoot>>> VotesOfAsync(HttpEraPeer peer, ulong era, CancellationToken cancellation)
    {
        if (await peer.GetEraAsync(era, cancellation) is not { } status) return [];
        return (status.Votes ?? []).Take(Protocol.Eras.Limits.MaxOperators).Concat(
            (status.Equivocations ?? []).Take(Protocol.Eras.Limits.MaxOperators));
    }

    [LoggerMessage(590, LogLevel.Warning, "Operator {Operator} has signed two roots of era {Era}")]
    private partial void LogFound(string @operator, ulong era);

    [LoggerMessage(591, LogLevel.Warning, "A look for second votes failed; the next one tries again")]
    private partial void LogRoundFailed(Exception failure);
}

using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol.Challenges;
using Grid.Protocol.Eras;
using Grid.Protocol.Link.Messages;
using Grid.Reputation;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Sets each node its challenges at the times that the era's plan says, and stores how they ended.</summary>
internal sealed partial class ChallengeLoop(
    NodeSessions sessions, ChallengeDesk desk, IGrainFactory grains, EraPorts ports, GridParameters parameters, TimeProvider time, ILogger<ChallengeLoop> log) : BackgroundService
{
    private readonly EraSchedule _schedule = parameters.Eras.Schedule;
    private ChallengePlan? _plan;
    private long _lookedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(parameters.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SetDueAsync();
                foreach (var batch in desk.TakeEnded().Chunk(Limits.ReportsAtOnce))
                {
                    await Task.WhenAll(batch.Select(ended => grains.GetGrain<IReputationGrain>(ended.Provider.ToString())
                        .Challenged(new ChallengeOutcome(ended.Challenge.Era, ended.Challenge.Slot, ended.IsPassed))));
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogRoundFailed(failure);
            }
        }
    }

    /// <summary>Those whose second has come since the last look. What came due while this silo was not there is not made up for.</summary>
    private async Task SetDueAsync()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var since = _lookedAt == 0 ? now : _lookedAt;
        _lookedAt = now;
        if (_schedule.EraAt(now) is not { } era) return;
        if (_plan?.Era != era) _plan = new ChallengePlan(_schedule, era, await BeaconAsync(), ports.Secrets.EraSecret(era));
        foreach (var session in sessions.All().Where(static session => session.ChallengeMib > 0))
        {
            foreach (var due in _plan.Of(session.Provider).Where(planned => planned.At > since && planned.At <= now))
            {
                var challenge = new ChallengeSet(era, due.Slot, due.Nonce, Math.Min(Limits.ChallengeMibOf(_schedule), session.ChallengeMib), Limits.ChallengeDeadlineMs);
                if (desk.TryBegin(session.Provider, challenge)) session.Tell(challenge);
            }
        }
    }

    private async Task<Hash256> BeaconAsync()
    {
        var journal = await grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView();
        var bytes = journal.LastRecord.IsZero ? null : await ports.Files.FindAsync(journal.LastRecord);
        return bytes is not null && EraRecordCodec.TryDecode(bytes, out var record, out _) ? record.Beacon : EraBeacon.First;
    }

    [LoggerMessage(582, LogLevel.Warning, "A round of challenges failed; the next one tries again")]
    private partial void LogRoundFailed(Exception failure);
}

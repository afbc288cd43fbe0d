using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Chain.Ethereum.Following;

namespace Grid.Silo.Chain;

/// <summary>
/// Looks at the chain on its own cadence: reads what has become final and hands it on, does what is due, sends what waits. A chain that
/// is away stops nothing but this loop, and the next round begins where the last one ended.
/// </summary>
internal sealed partial class ChainLoop(
    ChainOptions options,
    IChain chain,
    ChainSender sender,
    StateFile<ChainCursor> file,
    IEnumerable<IChainEventSink> sinks,
    IEnumerable<IChainRound> rounds,
    ChainProgress progress,
    TimeProvider time,
    ILogger<ChainLoop> log) : BackgroundService
{
    private readonly ChainEvents _events = new(options.Deployment);
    private ChainCursor? _cursor;
    private bool _isRightChain;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Poll, time);
        do
        {
            var fault = await RoundAsync(stoppingToken);
            if (fault is not null && fault != progress.Seen.Fault) LogFault(fault);
            if (fault is null && progress.Seen.Fault is not null) LogBack();
            progress.End(fault);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>What went wrong; null where nothing did.</returns>
    private async Task<string?> RoundAsync(CancellationToken stoppingToken)
    {
        ChainMoment? moment = null;
        var looked = await GuardedAsync(async () => moment = await LookAsync(stoppingToken), stoppingToken);
        if (moment is null) return looked ?? "The chain has no final block yet.";
        var followed = await GuardedAsync(() => FollowAsync(stoppingToken), stoppingToken);
        var done = new List<string?>();
        foreach (var round in rounds) done.Add(await GuardedAsync(() => round.RunAsync(moment, stoppingToken), stoppingToken));
        var pumped = await GuardedAsync(() => sender.PumpAsync(stoppingToken), stoppingToken);
        return followed ?? done.FirstOrDefault(static fault => fault is not null) ?? pumped;
    }

    private async Task<ChainMoment?> LookAsync(CancellationToken stoppingToken)
    {
        if (!_isRightChain)
        {
            var id = await chain.GetChainIdAsync(stoppingToken);
            if (id != options.Deployment.ChainId) throw new ContractException($"The endpoints are of chain {id}, chain.json is of chain {options.Deployment.ChainId}.");
            _isRightChain = true;
        }

        var head = await chain.GetBlockAsync(BlockTag.Latest, stoppingToken);
        var firm = await chain.GetBlockAsync(BlockTag.Finalized, stoppingToken);
        if (head is null || firm is null) return null;
        var moment = new ChainMoment(head, firm);
        progress.Look(moment, time.GetUtcNow());
        return moment;
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        _cursor ??= file.Load() ?? ChainCursor.After(options.Deployment.Start);
        var follower = new BlockFollower(new FinalChain(chain), new FollowOptions(_events.Filter, Confirmations: 0));
        for (var step = 0; step < Limits.StepsPerRound; step++)
        {
            var result = await follower.StepAsync(_cursor, stoppingToken);
            if (result is FollowResult.RolledBack)
                throw new ChainException(ChainFault.FinalityViolated, "A final block was taken back: check the endpoints, then the chain.");
            if (result is FollowResult.Advanced advanced) await TakeAsync(advanced, stoppingToken);
            if (result.Cursor != _cursor && result is FollowResult.Advanced) file.Save(result.Cursor);
            _cursor = result.Cursor;
            progress.Follow(_cursor.Tip.Number);
            if (result is FollowResult.UpToDate) return;
        }
    }

    private async Task TakeAsync(FollowResult.Advanced advanced, CancellationToken stoppingToken)
    {
        PlacedEvent[] events = [.. advanced.Logs.Select(_events.Decode).OfType<PlacedEvent>()];
        if (events.Length == 0) return;
        foreach (var sink in sinks) await sink.TakeAsync(events, stoppingToken);
    }

    /// <summary>Whatever goes wrong here, the silo goes on: it has all that it needs to serve.</summary>
    private async Task<string?> GuardedAsync(Func<Task> act, CancellationToken stoppingToken)
    {
        try
        {
            await act();
            return null;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogRoundFailed(failure);
            return failure.Message;
        }
    }

    [LoggerMessage(560, LogLevel.Warning, "The chain: {Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(561, LogLevel.Information, "The chain is back")]
    private partial void LogBack();

    [LoggerMessage(562, LogLevel.Debug, "A round with the chain failed; the next one tries again")]
    private partial void LogRoundFailed(Exception failure);
}

using System.Globalization;
using Grid.Eras;
using Grid.Protocol;
using Grid.Providers;
using Grid.Reputation;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Watches the sessions and stores, slot by slot, which providers were heard of. What fails to be stored is not vouched for.</summary>
internal sealed partial class SlotLoop(NodeSessions sessions, IGrainFactory grains, GridParameters parameters, TimeProvider time, ILogger<SlotLoop> log) : BackgroundService
{
    private readonly SlotWatch _watch = new(parameters.Eras.Schedule, Limits.LooksPerTick, Limits.OutageWindowTicks);
    private Task _storing = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(parameters.Tick / Limits.LooksPerTick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            ProviderId[] connected = [.. sessions.All().Select(static session => session.Provider)];
            if (_watch.Look(time.GetUtcNow().ToUnixTimeSeconds(), connected) is not { } ended) continue;
            var before = _storing;
            _storing = StoreAsync(before, ended);
        }
    }

    /// <summary>One slot after the other, beside the looks.</summary>
    private async Task StoreAsync(Task before, EndedSlot ended)
    {
        await before;
        try
        {
            foreach (var batch in ended.Heard.Chunk(Limits.ReportsAtOnce)) await Task.WhenAll(batch.Select(heard => ReportAsync(ended, heard)));
            await grains.GetGrain<IEraGrain>(ended.Era.ToString(CultureInfo.InvariantCulture)).SlotEnded(ended.Slot, ended.IsUp);
        }
        catch (Exception failure)
        {
            LogNotStored(ended.Era, ended.Slot, failure);
        }
    }

    private async Task ReportAsync(EndedSlot ended, HeardProvider heard)
    {
        var units = await grains.GetGrain<IProviderGrain>(heard.Provider.ToString()).GetUnits();
        var report = new SlotReport(ended.Era, ended.Slot, heard.IsForTheMostPart, units.LeasedMilli, units.CapacityMilli);
        await grains.GetGrain<IReputationGrain>(heard.Provider.ToString()).Observe(report);
    }

    [LoggerMessage(580, LogLevel.Warning, "Slot {Slot} of era {Era} could not be stored: it is not vouched for")]
    private partial void LogNotStored(ulong era, int slot, Exception failure);
}

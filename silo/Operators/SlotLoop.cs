using System.Globalization;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Reputation;
using Grid.Silo.Hosting;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Watches the sessions and stores, slot by slot, which providers were heard of. What fails to be stored is not vouched for.</summary>
internal sealed partial class SlotLoop(
    NodeSessions sessions,
    PeerContacts contacts,
    OperatorKeys keys,
    IGrainFactory grains,
    GridParameters parameters,
    TimeProvider time,
    ILogger<SlotLoop> log) : BackgroundService
{
    private readonly SlotWatch _watch = new(parameters.Eras.Schedule, Limits.LooksPerTick, Limits.OutageWindowTicks);
    private Task _storing = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(parameters.Tick / Limits.LooksPerTick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            ProviderId[] connected = [.. sessions.All().Select(static session => session.Provider)];
            if (_watch.Look(time.GetUtcNow().ToUnixTimeSeconds(), connected, await contacts.IsInTouchAsync()) is not { } ended) continue;
            foreach (var session in sessions.All()) GiveReceipt(session);
            _storing = StoreAsync(_storing, ended);
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

    /// <summary>Once a slot, for the node's own evidence: this operator heard it.</summary>
    private void GiveReceipt(NodeSession session) =>
        session.Tell(new SeenReceipt(new Seen(session.Provider, time.GetUtcNow().ToUnixTimeSeconds()).Sign(keys.Identity, keys.Grid.Domain)));

    private async Task ReportAsync(EndedSlot ended, HeardProvider heard)
    {
        var units = await grains.GetGrain<IProviderGrain>(heard.Provider.ToString()).GetUnits();

        // Nothing is earned where nothing can be asked.
        var isChallenged = sessions.TryFind(heard.Provider, out var session) && session.ChallengeMib > 0;
        var report = new SlotReport(ended.Era, ended.Slot, heard.IsForTheMostPart, isChallenged ? units.LeasedMilli : 0, units.CapacityMilli);
        await grains.GetGrain<IReputationGrain>(heard.Provider.ToString()).Observe(report);
    }

    [LoggerMessage(580, LogLevel.Warning, "Slot {Slot} of era {Era} could not be stored: it is not vouched for")]
    private partial void LogNotStored(ulong era, int slot, Exception failure);
}

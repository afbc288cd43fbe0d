using System.Collections.Immutable;
using System.Globalization;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Slashing;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Reads the books of eras that are over, one after the other, and tells each provider's cases when a quorum had heard nothing of it.</summary>
internal sealed class FaultExamination(IGrainFactory grains, EraPorts ports, GridParameters parameters)
{
    private ulong? _next;

    /// <returns>The providers that were told of.</returns>
    public async Task<IReadOnlyList<ProviderId>> RunAsync()
    {
        var journal = await grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView();
        if (journal.Current is not { } current) return [];
        var told = new List<ProviderId>();
        _next ??= current - Math.Min(current, Limits.ErasLookedBack);
        for (var looked = 0; looked < Limits.ErasPerRound && _next < current; looked++)
        {
            var view = await grains.GetGrain<IEraGrain>(_next.Value.ToString(CultureInfo.InvariantCulture)).GetView();
            // By its vote the books that an era is decided by are here. One that this operator had no part in, as from before its start, is passed over.
            var isRead = view.Stage >= EraStage.Voted;
            if (!isRead && _next >= journal.NextUndecided) break;
            if (isRead) told.AddRange(await ExamineAsync(_next.Value, view));
            _next++;
        }

        return told;
    }

    private async Task<IReadOnlyList<ProviderId>> ExamineAsync(ulong era, EraView view)
    {
        var weights = await ports.Operators.GetWeightsAsync();
        var books = await BooksAsync(view);
        var own = books.FirstOrDefault(book => book.Operator == ports.Identity.Operator);
        if (own is null || !weights.IsQuorum(books.Select(static book => book.Operator))) return [];
        var (schedule, told) = (parameters.Eras.Schedule, new List<ProviderId>());
        foreach (var silent in own.Providers.Where(row => row.Dark(own.Up) != 0))
        {
            var down = DownIntervals.Of(silent.Provider, books, weights, schedule.Slots);
            if (down.IsEmpty) continue;
            var intervals = down.Select(run => schedule.SecondsOf(era, run.First, run.Last)).Select(static run => new DownInterval(run.From, run.To));
            await grains.GetGrain<ISlashingGrain>(silent.Provider.ToString()).Examine(new DownReport(era, [.. intervals], schedule.EndOf(era)));
            told.Add(silent.Provider);
        }

        return told;
    }

    private async Task<ImmutableArray<ObservationBook>> BooksAsync(EraView view)
    {
        var books = ImmutableArray.CreateBuilder<ObservationBook>();
        foreach (var published in view.Books.DistinctBy(static book => book.Value.Operator))
        {
            if (await ports.Files.FindAsync(published.Value.ContentHash) is { } bytes && ObservationBookCodec.TryDecode(bytes, out var book, out _)) books.Add(book);
        }

        return books.ToImmutable();
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Orleans;

namespace Grid.Slashing;

/// <summary>
/// Reads the books of eras that are over, the oldest first, and tells each provider's cases when a quorum had heard nothing of it. What the
/// operators have signed in their books is enough: whether an era gets a root is not waited for. Not safe for concurrent use.
/// </summary>
public sealed class FaultExamination(
    IGrainFactory grains, EraPorts ports, ISlashingChain chain, GridParameters parameters, TimeProvider time)
{
    private readonly ReportWindow _window = new(parameters.Eras.Schedule, chain.Terms.ReportSeconds);
    private readonly EraTiming _timing = new(parameters.Eras.Schedule, parameters.EraCommitWindowEras);

    /// <summary>How many books of an era have been read. With one more it is read again; what is reported is not reported twice.</summary>
    private readonly SortedDictionary<ulong, int> _read = [];

    /// <returns>The providers that were told of.</returns>
    public async Task<IReadOnlyList<ProviderId>> RunAsync()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (_window.ErasAt(now) is not { } eras) return [];
        while (_read.Count > 0 && _read.First().Key < eras.First) _read.Remove(_read.First().Key);
        var weights = await ports.Operators.GetWeightsAsync();
        var journal = await grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView();
        var told = new List<ProviderId>();
        var (isAwaited, examined) = (false, 0);
        for (var era = eras.First; era <= eras.Last && examined < Limits.ErasPerRound; era++)
        {
            if (_read.GetValueOrDefault(era) >= weights.Count) continue;
            var view = await grains.GetGrain<IEraGrain>(era.ToString(CultureInfo.InvariantCulture)).GetView();
            if (_read.GetValueOrDefault(era) == view.Books.Length) continue;
            if (!IsReadable(view, weights, now))
            {
                // Of an era that is decided, or that this operator had no part in, nothing more comes.
                isAwaited |= era >= journal.NextUndecided;
                continue;
            }

            // What was reported of a later second closes the way for an earlier one.
            if (isAwaited && !_window.IsPressing(era, now)) break;
            told.AddRange(await ExamineAsync(era, view, weights));
            _read[era] = view.Books.Length;
            examined++;
        }

        return told;
    }

    private bool IsReadable(EraView view, OperatorWeights weights, long now)
    {
        var authors = view.Books.Select(static book => book.Value.Operator).ToArray();
        if (!authors.Contains(ports.Identity.Operator) || !weights.IsQuorum(authors)) return false;
        return weights.Operators.All(authors.Contains) || _timing.IsGathered(view.Era, now);
    }

    private async Task<IReadOnlyList<ProviderId>> ExamineAsync(ulong era, EraView view, OperatorWeights weights)
    {
        var books = await BooksAsync(view);
        if (books.FirstOrDefault(book => book.Operator == ports.Identity.Operator) is not { } own) return [];
        var (schedule, told) = (parameters.Eras.Schedule, new List<ProviderId>());
        foreach (var silent in own.Providers.Where(row => row.Dark(own.Up) != 0))
        {
            var down = DownIntervals.Of(silent.Provider, books, weights, schedule.Slots);
            if (down.IsEmpty) continue;
            var seconds = down.Select(run => schedule.SecondsOf(era, run.First, run.Last));
            var report = new DownReport(era, [.. seconds.Select(static run => new DownInterval(run.From, run.To))], schedule.EndOf(era));
            await grains.GetGrain<ISlashingGrain>(silent.Provider.ToString()).Examine(report);
            told.Add(silent.Provider);
        }

        return told;
    }

    private async Task<ImmutableArray<ObservationBook>> BooksAsync(EraView view)
    {
        var books = ImmutableArray.CreateBuilder<ObservationBook>();
        foreach (var published in view.Books.DistinctBy(static book => book.Value.Operator))
        {
            if (await ports.Files.FindBookAsync(published.Value.ContentHash) is { } book) books.Add(book);
        }

        return books.ToImmutable();
    }
}

using Grid.Chain.Crypto;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Eras;

/// <summary>What became of the eras so far, and which one is next. One in a grid; its key is <see cref="Key"/>.</summary>
[Alias("Grid.Eras.IEraJournalGrain")]
public interface IEraJournalGrain : IGrainWithStringKey
{
    const string Key = "eras";

    /// <summary>Moves on every era that has ended and is undecided. Called every tick; a missed call costs nothing but time.</summary>
    [Alias("Pulse")]
    Task Pulse();

    /// <summary>Takes an era for the last committed one, that others committed while this operator was away. Its votes and its record must be here.</summary>
    /// <returns>False where they are not.</returns>
    [Alias("Adopt")]
    Task<bool> Adopt(ulong era);

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<EraJournalView> GetView();
}

/// <param name="Current">The era that runs now; null before genesis.</param>
/// <param name="NextUndecided">The first era that is neither committed nor missed.</param>
/// <param name="LastCommitted">Null before the first one.</param>
/// <param name="LastRecord">Of the last committed era; zero before the first one.</param>
[GenerateSerializer, Alias("Grid.Eras.EraJournalView")]
public sealed record EraJournalView(ulong? Current, ulong NextUndecided, ulong? LastCommitted, Hash256 LastRecord);

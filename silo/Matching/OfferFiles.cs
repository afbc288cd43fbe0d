using System.Collections.Concurrent;
using System.Collections.Immutable;
using Grid.Matching;
using Grid.Protocol.Matching;

namespace Grid.Silo.Matching;

/// <summary>The regions' changes as files, one folder a region: changes one after the other, and now and then a snapshot made of
/// them.</summary>
/// <param name="minFileBytes">See <see cref="Limits.MinFileBytes"/>.</param>
public sealed class OfferFiles(string folder, RegionMap regions, TimeProvider time, long minFileBytes = Limits.MinFileBytes) : IOfferJournal, IDisposable
{
    private readonly ConcurrentDictionary<string, RegionFiles> _regions = new(StringComparer.Ordinal);

    public Task<OfferIndex?> Restore(string region) => Task.Run(FilesOf(region).Restore);

    public Task Append(string region, ReadOnlyMemory<byte> batch) => Task.Run(() => FilesOf(region).Append(batch.Span));

    /// <summary>The index as it was after so many changes.</summary>
    /// <returns>Null where what led there is no longer kept, or never was.</returns>
    public Task<OfferIndex?> At(string region, long sequence) => Task.Run(() => FilesOf(region).At(sequence));

    /// <returns>Which states of the regions a match over several of them saw; null where that is not kept.</returns>
    public Task<ImmutableArray<KeyValuePair<string, IndexPosition>>?> FindMerge(string matchmaker, IndexPosition merged) =>
        Task.Run(() => FilesOf(matchmaker).FindMerge(merged));

    public void Dispose()
    {
        foreach (var files in _regions.Values) files.Dispose();
    }

    private RegionFiles FilesOf(string region) =>
        _regions.GetOrAdd(region, name => new RegionFiles(Path.Combine(folder, FolderName(name)), regions, time, minFileBytes));

    /// <summary>A region's name comes from whoever lists himself there.</summary>
    private static string FolderName(string region) =>
        region.Length is > 0 and <= 40 && region.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            ? region
            : "_" + Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(region));
}

using Grid.Matching;

namespace Grid.Tests.Grains.Matching;

/// <summary>Batches in memory, as a disk would keep them over a crash.</summary>
internal sealed class MemoryJournal : IOfferJournal
{
    private readonly SortedDictionary<string, MemoryStream> _regions = new(StringComparer.Ordinal);

    public int Restored { get; private set; }

    /// <summary>From its beginning.</summary>
    public OfferIndex IndexOf(string region, long until = long.MaxValue)
    {
        var index = new OfferIndex(RegionMap.Standard);
        if (!_regions.TryGetValue(region, out var batches)) return index;
        batches.Position = 0;
        DeltaBatch.Replay(batches, index, until);
        return index;
    }

    public byte[] BytesOf(string region) => _regions[region].ToArray();

    public Task<OfferIndex?> Restore(string region)
    {
        if (!_regions.ContainsKey(region)) return Task.FromResult<OfferIndex?>(null);
        Restored++;
        return Task.FromResult<OfferIndex?>(IndexOf(region));
    }

    public Task Append(string region, ReadOnlyMemory<byte> batch)
    {
        if (!_regions.TryGetValue(region, out var batches)) _regions.Add(region, batches = new MemoryStream());
        batches.Position = batches.Length;
        batches.Write(batch.Span);
        return Task.CompletedTask;
    }
}

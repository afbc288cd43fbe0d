using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Grid.Protocol.Catalogue;

/// <summary>The regions of <c>regions.csv</c>, by exact name.</summary>
public sealed class RegionCatalogue
{
    private readonly FrozenDictionary<string, Region> _byName;

    private RegionCatalogue(ImmutableArray<Region> regions)
    {
        Regions = regions;
        _byName = regions.ToFrozenDictionary(region => region.Name, StringComparer.Ordinal);
    }

    public static RegionCatalogue Standard { get; } = new([.. CsvTable.ReadEmbedded("regions.csv").Select(Read)]);

    public ImmutableArray<Region> Regions { get; }

    public Region? Find(string name) => _byName.GetValueOrDefault(name);

    private static Region Read(string[] row) => new(row[0], row[1], row[2], (int)Decimals.Scaled(row[3], 2), (int)Decimals.Scaled(row[4], 2));
}

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Grid.Protocol.Catalogue;

/// <summary>The GPU models of <c>gpu-catalogue.csv</c>.</summary>
public sealed class GpuCatalogue
{
    /// <summary>People leave the series out: <c>4090</c>, <c>a6000</c>, <c>1080ti</c>.</summary>
    private static readonly string[] Series = ["", "rtx", "gtx"];

    private const int MibPerGib = 1024;

    private readonly FrozenDictionary<string, GpuModel> _byModel;
    private readonly ILookup<string, (GpuName Name, GpuModel Model)> _byChip;

    private GpuCatalogue(ImmutableArray<GpuModel> models)
    {
        Models = models;
        _byModel = models.ToFrozenDictionary(model => model.Model, StringComparer.Ordinal);
        _byChip = models.Select(model => (Name: GpuName.Parse(model.Model), Model: model)).ToLookup(entry => entry.Name.Chip, StringComparer.Ordinal);
    }

    public static GpuCatalogue Standard { get; } = new([.. CsvTable.ReadEmbedded("gpu-catalogue.csv").Select(Read)]);

    public ImmutableArray<GpuModel> Models { get; }

    /// <param name="model">Exactly as the catalogue names it.</param>
    public GpuModel? Find(string model) => _byModel.GetValueOrDefault(model);

    /// <summary>
    /// Every model that a manifest's <c>model</c> can mean: <c>a100</c> means three, <c>a100-80gb</c> one. Empty when the catalogue has none; compare by
    /// <see cref="GpuName"/> then.
    /// </summary>
    public ImmutableArray<GpuModel> Matching(string requested)
    {
        if (Find(requested) is { } exact) return [exact];
        var name = GpuName.Parse(requested);
        foreach (var series in Series)
        {
            var wanted = name with { Chip = series + name.Chip };
            ImmutableArray<GpuModel> models = [.. _byChip[wanted.Chip].Where(entry => entry.Name.Fits(wanted)).Select(entry => entry.Model)];
            if (!models.IsEmpty) return models;
        }
        return [];
    }

    /// <summary>The model of a device from what its driver reports: <c>NVIDIA GeForce RTX 4090</c>, 24564 MiB.</summary>
    /// <param name="vramMib">Decides between models of one chip whose name does not tell; 0 when unknown.</param>
    /// <returns>Null when the catalogue has no such model, or several and nothing tells which.</returns>
    public GpuModel? Identify(string deviceName, int vramMib = 0)
    {
        var models = Matching(deviceName);
        if (models.Length > 1 && vramMib > 0) models = [.. models.Where(model => IsAbout(model.VramGib * MibPerGib, vramMib))];
        return models.Length == 1 ? models[0] : null;
    }

    /// <summary>The reward multiplier of a tier, in thousandths; 0 for a tier that the catalogue does not use.</summary>
    public int MultiplierMilliOf(GpuTier tier) => Models.FirstOrDefault(model => model.Tier == tier)?.MultiplierMilli ?? 0;

    private static bool IsAbout(int nominal, int reported) => Math.Abs(nominal - reported) <= nominal / 10;

    private static GpuModel Read(string[] row) => new(
        row[0],
        row[1],
        row[2],
        (int)Decimals.Scaled(row[3], 0),
        GpuTier.Parse(row[4]),
        (int)Decimals.Scaled(row[5], 3),
        new RatePerHour(Decimals.Scaled(row[6], 6)));
}

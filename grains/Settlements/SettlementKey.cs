using System.Globalization;
using Orleans;

namespace Grid.Settlements;

/// <summary>Formats the keys of settlement's grains.</summary>
public static class SettlementKey
{
    public static ISettlementGrain Batch(this IGrainFactory grains, ulong batch) =>
        grains.GetGrain<ISettlementGrain>(batch.ToString(CultureInfo.InvariantCulture));

    public static ulong BatchOf(string key) => ulong.Parse(key, CultureInfo.InvariantCulture);

    public static ISettlementPageGrain Page(this IGrainFactory grains, ulong batch, int page) =>
        grains.GetGrain<ISettlementPageGrain>(string.Create(CultureInfo.InvariantCulture, $"{batch}/{page}"));
}

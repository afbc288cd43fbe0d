using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Offers;

/// <summary>The price of one whole GPU of a model.</summary>
/// <param name="Model">The catalogue's model name in lower case, <c>rtx4090</c>.</param>
public sealed record GpuPrice(string Model, RatePerHour PerGpu);

/// <summary>
/// A provider's price book. Every rate is between zero and <see cref="OfferLimits.MaxUnitRate"/>; the node takes no lease below them,
/// whatever it follows.
/// </summary>
/// <param name="PerCore">Per 1000 milli-cores.</param>
/// <param name="PerGibMemory">Per GiB of memory.</param>
/// <param name="PerGibStorage">Micro-units per GiB-hour of each disk class.</param>
/// <param name="Gpus">One price per model, sorted by model.</param>
/// <param name="Guided">Which of them are floors of a price that follows the guide price (<see cref="AskedPrices"/>), sorted by key; null:
/// all are fixed.</param>
public sealed record OfferPrices(
    RatePerHour PerCore,
    RatePerHour PerGibMemory,
    StorageAmounts PerGibStorage,
    ImmutableArray<GpuPrice> Gpus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<GuidedPrice>? Guided = null)
{
    public RatePerHour? PerGpu(string model)
    {
        foreach (var price in Gpus)
            if (price.Model == model) return price.PerGpu;
        return null;
    }

    /// <summary>What is listed for a key; of disk the dearest class. Null for a model that is not offered.</summary>
    public RatePerHour? this[string key] => key switch
    {
        PriceKeys.Cpu => PerCore,
        PriceKeys.Memory => PerGibMemory,
        PriceKeys.Storage =>
            new RatePerHour(Math.Max(Math.Max(PerGibStorage.Default, PerGibStorage.Hdd), Math.Max(PerGibStorage.Ssd, PerGibStorage.Nvme))),
        _ => PerGpu(key),
    };

    /// <summary>How far the price of a key may rise; null where it is fixed.</summary>
    public RatePerHour? CeilingOf(string key)
    {
        foreach (var guided in Guided ?? [])
            if (guided.Key == key) return guided.Ceiling;
        return null;
    }
}

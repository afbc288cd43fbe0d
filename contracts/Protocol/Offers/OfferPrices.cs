using System.Collections.Immutable;

namespace Grid.Protocol.Offers;

/// <summary>The price of one whole GPU of a model.</summary>
/// <param name="Model">The catalogue's model name in lower case, <c>rtx4090</c>.</param>
public sealed record GpuPrice(string Model, RatePerHour PerGpu);

/// <summary>What a provider asks. Every rate is between zero and <see cref="OfferLimits.MaxUnitRate"/>.</summary>
/// <param name="PerCore">Per 1000 milli-cores.</param>
/// <param name="PerGibMemory">Per GiB of memory.</param>
/// <param name="PerGibStorage">Micro-units per GiB-hour of each disk class.</param>
/// <param name="Gpus">One price per model, sorted by model.</param>
public sealed record OfferPrices(RatePerHour PerCore, RatePerHour PerGibMemory, StorageAmounts PerGibStorage, ImmutableArray<GpuPrice> Gpus)
{
    public RatePerHour? PerGpu(string model)
    {
        foreach (var price in Gpus)
            if (price.Model == model) return price.PerGpu;
        return null;
    }
}

using Grid.Protocol;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Pricing;

/// <summary>The guide price of one GPU model. Key: the model's name in the catalogue.</summary>
[Alias("Grid.Pricing.IPriceGrain")]
public interface IPriceGrain : IGrainWithStringKey
{
    // A pure read: the guide price is fixed by the catalogue until supply and demand move it.
    [AlwaysInterleave]
    [Alias("GetGuidePrice")]
    Task<RatePerHour?> GetGuidePrice();
}

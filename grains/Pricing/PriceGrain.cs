using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Orleans;

namespace Grid.Pricing;

public sealed class PriceGrain : Grain, IPriceGrain
{
    public Task<RatePerHour?> GetGuidePrice() => Task.FromResult(GpuCatalogue.Standard.Find(this.GetPrimaryKeyString())?.GuidePrice);
}

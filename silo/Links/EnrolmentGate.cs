using Grid.Protocol;
using Grid.Providers;
using Grid.Silo.Hosting;
using Orleans;

namespace Grid.Silo.Links;

/// <summary>Lets a provider through that this operator knows, and new ones at a bounded rate: keys cost nothing, and a flood of them must not fill the store.</summary>
internal sealed class EnrolmentGate(IGrainFactory grains, SiloOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly EnrolmentBucket _bucket = new(options.EnrolmentsAtOnce, options.EnrolmentsPerMinute);

    public async Task<bool> MayEnterAsync(ProviderId provider)
    {
        if (await grains.GetGrain<IProviderGrain>(provider.ToString()).GetView() is not null) return true;
        lock (_gate) return _bucket.TryTake((long)time.GetElapsedTime(0).TotalMilliseconds);
    }
}

using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Providers;
using Orleans;
using Orleans.Runtime;

namespace Grid.Pricing;

public sealed class PriceGrain : Grain, IPriceGrain
{
    private readonly AcknowledgedState<PriceState> _stored;
    private readonly GridParameters _parameters;
    private readonly TimeProvider _time;
    private readonly UseBook _book = new();
    private IGrainTimer? _timer;

    public PriceGrain([PersistentState("price")] IPersistentState<PriceState> storage, GridParameters parameters, TimeProvider time)
    {
        _stored = new AcknowledgedState<PriceState>(storage, this);
        (_parameters, _time) = (parameters, time);
    }

    private RatePerHour? Base => PriceKeys.BaseOf(this.GetPrimaryKeyString());

    public Task<RatePerHour?> Report(UseReport report)
    {
        if (Base is not { } basePrice) return Task.FromResult<RatePerHour?>(null);
        _book.Take(report, _time.GetUtcNow());
        if (!_book.IsEmpty) _timer ??= this.RegisterGrainTimer(_ => Step(basePrice), Cadence());
        return Task.FromResult<RatePerHour?>(GuideStep.RoundedDown(GuideOf(report.Region, basePrice).Guide));
    }

    public Task<PriceView?> GetView()
    {
        if (Base is not { } basePrice) return Task.FromResult<PriceView?>(null);
        var regions = _stored.Value.Regions.Keys.Union(_book.Regions, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return Task.FromResult<PriceView?>(new PriceView(basePrice, [.. regions.Select(region => ViewOf(region, basePrice))]));
    }

    private RegionPriceView ViewOf(string region, RatePerHour basePrice)
    {
        var (guide, use) = (GuideOf(region, basePrice), _book.Of(region));
        return new RegionPriceView(region, GuideStep.RoundedDown(guide.Guide), use.Offered, use.Leased, guide.History);
    }

    private RegionGuide GuideOf(string region, RatePerHour basePrice) =>
        _stored.Value.Regions.GetValueOrDefault(region) ?? RegionGuide.StartingAt(GuideStep.Start(basePrice));

    private GrainTimerCreationOptions Cadence() => new()
    {
        DueTime = _stored.Exists ? TimeSpan.FromTicks(Math.Max(Limits.FirstStepAfter.Ticks, _parameters.PriceStep.Ticks))
            : _parameters.PriceStep,
        Period = _parameters.PriceStep,
        KeepAlive = true,
    };

    private async Task Step(RatePerHour basePrice)
    {
        var now = _time.GetUtcNow();
        _book.DropBefore(now - Limits.ReportAge);
        if (_book.IsEmpty)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }

        var (before, after) = (_stored.Value.Regions, _stored.Value.Regions);
        foreach (var region in _book.Regions)
        {
            var (guide, use) = (GuideOf(region, basePrice), _book.Of(region));
            after = after.SetItem(region, guide.Stepped(GuideStep.Next(guide.Guide, basePrice, use), use.Ppm, now));
        }

        await _stored.Store(new PriceState { Regions = after });
        var moved = _book.Regions.Where(region => PriceIn(before, region, basePrice) != PriceIn(after, region, basePrice)).ToArray();
        foreach (var region in moved) await Hint(region);
    }

    private async Task Hint(string region)
    {
        foreach (var provider in _book.NextFollowers(region, Limits.HintsAtOnce))
            await GrainFactory.GetGrain<IProviderGrain>(provider.ToString()).GuidePriceMoved();
    }

    private static RatePerHour PriceIn(ImmutableSortedDictionary<string, RegionGuide> regions, string region, RatePerHour basePrice) =>
        regions.GetValueOrDefault(region) is { } guide ? GuideStep.RoundedDown(guide.Guide) : basePrice;
}

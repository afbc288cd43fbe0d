using System.Collections.Immutable;
using Grid.Protocol;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Pricing;

/// <summary>
/// The guide price of one GPU model, or of cores, memory or disk, in each region: supply and demand move it. Key: of
/// <see cref="Protocol.Offers.PriceKeys"/>.
/// </summary>
[Alias("Grid.Pricing.IPriceGrain")]
public interface IPriceGrain : IGrainWithStringKey
{
    /// <summary>What a provider offers now, and how much of it is taken. It says so again every minute; what was not heard for long counts
    /// no more.</summary>
    /// <returns>The guide price in its region; null for what has none.</returns>
    [Alias("Report")]
    Task<RatePerHour?> Report(UseReport report);

    // A pure read of what was stored last.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<PriceView?> GetView();
}

/// <param name="Offered">Thousandths of a GPU or a core, or MiB; 0: nothing, its node is away.</param>
/// <param name="Leased">Of these, at whatever operator.</param>
/// <param name="Follows">Its price follows the guide price: it wants to hear of a change at once.</param>
[GenerateSerializer, Alias("Grid.Pricing.UseReport")]
public sealed record UseReport(ProviderId Provider, string Region, long Offered, long Leased, bool Follows);

/// <param name="Base">Where every region's guide price starts.</param>
[GenerateSerializer, Alias("Grid.Pricing.PriceView")]
public sealed record PriceView(RatePerHour Base, ImmutableArray<RegionPriceView> Regions);

/// <param name="History">Oldest first.</param>
[GenerateSerializer, Alias("Grid.Pricing.RegionPriceView")]
public sealed record RegionPriceView(string Region, RatePerHour Guide, long Offered, long Leased, ImmutableArray<PricePoint> History);

/// <param name="UtilizationPpm">Leased of offered, in millionths.</param>
[GenerateSerializer, Alias("Grid.Pricing.PricePoint")]
public sealed record PricePoint(DateTimeOffset At, RatePerHour Guide, int UtilizationPpm);

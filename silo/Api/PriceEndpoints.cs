using Grid.Pricing;
using Grid.Protocol.Api;
using Grid.Protocol.Offers;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>What the guide prices are, and how they got there.</summary>
internal sealed class PriceEndpoints(IGrainFactory grains)
{
    public void MapTo(IEndpointRouteBuilder routes) => routes.Add(HttpMethods.Get, ApiRoutes.Prices, List);

    private async Task<IResult> List(HttpContext http)
    {
        var key = http.Request.Query["key"].ToString();
        if (key.Length > 0 && PriceKeys.BaseOf(key) is null) return Problems.NotFound("price of that key");
        var keys = key.Length > 0 ? [key] : PriceKeys.All;
        var found = await BoundedReads.AllAsync(keys, one => PricesAsync(one, withHistory: key.Length > 0));
        return Route.Json(new PriceList([.. found.SelectMany(static prices => prices)]), GridJsonContext.Default.PriceList);
    }

    private async Task<IReadOnlyList<GuidePrice>> PricesAsync(string key, bool withHistory)
    {
        if (await grains.GetGrain<IPriceGrain>(key).GetView() is not { } view) return [];
        if (view.Regions.IsEmpty) return [new GuidePrice(key, "", view.Base, view.Base, 0, 0, 0, [])];
        return [.. view.Regions.Select(region => PriceIn(key, view, region, withHistory))];
    }

    private static GuidePrice PriceIn(string key, PriceView view, RegionPriceView region, bool withHistory) => new(
        key,
        region.Region,
        region.Guide,
        view.Base,
        region.Offered,
        region.Leased,
        new Utilization(region.Offered, region.Leased).Ppm,
        withHistory ? [.. region.History.Select(PointOf)] : []);

    private static GuidePricePoint PointOf(PricePoint point) => new(point.At.ToUnixTimeMilliseconds(), point.Guide, point.UtilizationPpm);
}

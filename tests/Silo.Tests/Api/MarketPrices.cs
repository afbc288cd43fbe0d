using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Api;

public sealed class MarketPrices
{
    [Fact]
    public async Task What_a_node_lists_anew_is_what_a_match_asks_and_providers_and_prices_show()
    {
        await using var world = await SiloWorld.StartAsync();
        using var tenant = await world.TenantAsync();
        var node = await world.NodeAsync();
        var manifest = world.Manifest(Manifests.Web);
        var before = await Until.Is("the node is listed", () => tenant.ScreenAsync(manifest), static screened => screened.IsPlaceable);

        await node.ListAsync(new OfferChoices().With(new PriceChoice(PriceKeys.Cpu, new RatePerHour(1_000), new RatePerHour(400_000))));

        var lowest = before.Placements[0].LowestRatePerHour!.Value;
        await Until.Is(
            "the guide price is asked", () => tenant.ScreenAsync(manifest), screened => screened.Placements[0].LowestRatePerHour < lowest);
        var asked = Assert.Single((await tenant.ListProvidersAsync()).Providers).Asked!;
        var guide = Assert.Single((await tenant.GetPricesAsync(PriceKeys.Cpu)).Prices);
        Assert.Equal(("germany", 4_000, asked.PerCore), (guide.Region, guide.Offered, guide.Price));
        Assert.Contains((await tenant.GetPricesAsync()).Prices, static price => price.Key == "rtx4090" && price.Region.Length == 0);
    }

    [Fact]
    public async Task A_key_without_a_price_is_not_found()
    {
        await using var world = await SiloWorld.StartAsync();

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await world.Http.GetAsync("/v1/prices?key=voodoo2")).StatusCode);
    }
}

using System.Net;
using Grid.Client;
using Grid.Protocol.Signing;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Api;

public sealed class AnnouncedMaintenances
{
    [Fact]
    public async Task What_a_node_announces_is_kept_as_it_was_signed_and_shown_with_the_provider()
    {
        await using var world = await SiloWorld.StartAsync();
        using var tenant = await world.TenantAsync();
        var node = await world.NodeAsync();
        var from = DateTimeOffset.UtcNow.AddDays(2).ToUnixTimeSeconds();
        var notice = new Maintenance(node.Provider, from, from + 3_600).Sign(node.Key, GridDomain.Local);

        Assert.Equal(notice, Assert.Single((await tenant.AnnounceMaintenanceAsync(notice)).Announced).Notice);
        Assert.Equal(notice, Assert.Single((await tenant.GetMaintenanceAsync(node.Provider)).Announced).Notice);
        var shown = await Until.Is(
            "it is shown", () => tenant.ListProvidersAsync(), static list => list.Providers is [{ Maintenance: not null }]);
        Assert.Equal((notice.Value, false), (shown.Providers[0].Maintenance, shown.Providers[0].IsInMaintenance));

        var late = new Maintenance(node.Provider, from + 100 * 86_400, from + 100 * 86_400 + 60).Sign(node.Key, GridDomain.Local);
        var refused = await Assert.ThrowsAsync<GridException>(() => tenant.AnnounceMaintenanceAsync(late));
        Assert.Contains("from is", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfStranger(world, notice));
    }

    private static async Task<HttpStatusCode> StatusOfStranger(SiloWorld world, Signed<Maintenance> notice)
    {
        var value = $$"""{"provider":"{{notice.Value.Provider}}","fromUnixSeconds":1,"toUnixSeconds":2}""";
        var body = $$"""{"notice": {"value": {{value}}, "signature": "{{notice.Signature}}"} }""";
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return (await world.Http.PostAsync("/v1/providers/0x00000000000000000000000000000000000000c8/maintenance", content)).StatusCode;
    }
}

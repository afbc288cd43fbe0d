using Grid.Orders;
using Grid.Protocol.Signing;
using Grid.Tests.Grains.Providers;

namespace Grid.Tests.Grains.Cluster;

public sealed class SharedGpus
{
    [Fact]
    public void Halves_are_packed_on_one_device_so_that_another_stays_whole()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var node = world.Nodes[0];
        Assert.Null(
            node.Connect(
            SampleOffer.Terms(
            1, SampleOffer.Device("GPU-1", maxShareMillis: 500), SampleOffer.Device("GPU-2", maxShareMillis: 500))).Refusal);

        var halves = new[] { DevicesOf(world, Gpu("0.5")), DevicesOf(world, Gpu("0.5")) };
        var whole = DevicesOf(world, Gpu("1"));

        Assert.All(halves, half => Assert.Equal([halves[0][0]], half));
        Assert.Equal(500, halves[0][0].ShareMillis);
        Assert.Equal(BoundDevice.WholeMillis, Assert.Single(whole).ShareMillis);
        Assert.NotEqual(halves[0][0].Uuid, whole[0].Uuid);
    }

    [Fact]
    public void A_device_is_shared_only_where_its_provider_allows_it()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        Assert.Null(world.Nodes[0].Connect(SampleOffer.Terms(1, SampleOffer.Device("GPU-1"))).Refusal);

        var half = world.Tenant.Deploy(Gpu("0.5"));
        world.RunTicks(3);

        Assert.Contains("gpuCount excludes 1", world.Tenant.LastOrder(half).Reason, StringComparison.Ordinal);
    }

    private static IReadOnlyList<BoundDevice> DevicesOf(World world, string manifest)
    {
        var lease = world.Tenant.Await(world.Tenant.Deploy(manifest), OrderPhase.Leased).Lease!.Lease;
        return world.Nodes[0].Leases.Single(running => running.Id == lease).Proposal.Wanted.Devices;
    }

    private static string Gpu(string units) =>
        Manifests.Web.Replace("memory:", $"gpu: {{units: {units}}}\n        memory:", StringComparison.Ordinal);
}

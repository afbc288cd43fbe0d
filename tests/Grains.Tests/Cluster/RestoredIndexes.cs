using Grid.Matching;
using Grid.Orders;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Cluster;

public sealed class RestoredIndexes
{
    [Fact]
    public void A_match_names_a_state_of_the_index_that_the_kept_changes_rebuild()
    {
        using var world = World.With(nodes: 3);
        world.Tenant.Fund(100);
        var order = world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased).Order;

        var stored = world.Ask(grains => grains.GetGrain<IOrderGrain>(order.ToString()).GetMatchRecord())!;
        Assert.True(MatchRecordCodec.TryDecode(stored.Bytes.AsSpan(), out var record));
        var regions = DeltaBatch.FindMerge(new MemoryStream(world.Journal.BytesOf(Matchmakers.AllRegions)), record!.Index);

        Assert.All(regions!.Value, region => Assert.Equal(region.Value, world.Journal.IndexOf(region.Key, region.Value.Sequence).Position));
    }

    [Fact]
    public void After_a_crash_the_index_is_restored_and_who_has_not_come_back_is_found_out_by_the_first_order()
    {
        using var world = World.With(nodes: 2);
        world.Tenant.Fund(100);
        world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased);
        var region = world.Nodes[0].Terms.Region;
        var before = world.Journal.IndexOf(region);

        world.Silo.Crash();
        world.Silo.RunFor(world.Tick);
        world.Silo.Restart();
        Assert.Null(world.Nodes[1].Connect().Refusal);
        // What the first one finds out is kept with the second, which relies on it.
        for (var order = 0; order < 2; order++) world.Tenant.Await(world.Tenant.Deploy(Manifests.Web), OrderPhase.Leased);

        Assert.True(world.Journal.Restored > 0);
        var after = world.Journal.IndexOf(region);
        Assert.True(after.Position.Sequence > before.Position.Sequence);
        Assert.Equal(2, before.Count);
        Assert.Equal(world.Nodes[1].Id, Assert.Single(after.Rows).Provider);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Grid.Shards;

namespace Grid.Tests.Grains.Shards;

public sealed class ShardKeys
{
    [Fact]
    public void A_key_is_what_it_was_written_as() => Prop.ForAll(
        (from kind in Gen.Elements(Enum.GetValues<ShardKind>())
         from shard in Gen.Choose(0, ShardKey.ShardCount - 1)
         from page in Gen.Choose(0, 100)
         select new ShardKey(kind, shard, page)).ToArbitrary(),
        key => Assert.Equal(key, ShardKey.Parse(key.ToString()))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_member_belongs_to_the_same_shard_in_every_process() =>
        Assert.Equal("Leases/10/0", ShardKey.Of(ShardKind.Leases, Some.Lease(1).ToString()).ToString());

    [Fact]
    public void Members_spread_over_all_shards() =>
        Assert.Equal(ShardKey.ShardCount, Enumerable.Range(0, 1_000).Select(number => ShardKey.Of(ShardKind.Providers, Some.Provider(number).ToString()).Shard).Distinct().Count());
}

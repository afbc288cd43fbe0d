using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

public sealed class IndexHistory
{
    [Fact]
    public void The_same_deltas_give_the_same_running_hash_and_any_change_another()
    {
        var rows = World.Random(1, 50);

        var first = World.Index(rows);
        var second = World.Index(rows);
        var third = World.Index(rows.SetItem(10, rows[10] with { MaxRunAheadSeconds = 1 }));

        Assert.Equal(first.Position, second.Position);
        Assert.Equal(51, first.Position.Sequence);
        Assert.NotEqual(first.Position.Hash, third.Position.Hash);
    }

    [Fact]
    public void A_snapshot_and_the_deltas_after_it_rebuild_the_index()
    {
        var rows = World.Random(2, 80);
        var live = World.Index(rows.Take(50));
        var restored = OfferIndex.Restore(RegionMap.Standard, live.Position, live.MedianStake, [.. live.Rows]);

        foreach (var index in new[] { live, restored })
        {
            foreach (var row in rows.Skip(50)) index.Apply(OfferDelta.Upsert(row));
            index.Apply(OfferDelta.Remove(rows[3].Key));
            index.Apply(OfferDelta.MeasureStakeAgainst(Money.FromTokens(7)));
        }

        var query = World.Query(World.Order());
        Assert.Equal(live.Position, restored.Position);
        Assert.Equal(live.Match(query, World.Draw(1)).Candidates, restored.Match(query, World.Draw(1)).Candidates);
    }

    [Fact]
    public void A_new_median_stake_is_a_delta_and_rescales_every_listing()
    {
        var index = World.Index(Enumerable.Range(1, 5).Select(number => World.Provider(number) with { Standing = World.Provider(number).Standing with { Stake = Money.FromTokens(number) } }));

        var delta = index.MedianStakeDelta();
        index.Apply(delta!);

        Assert.Equal(Money.FromTokens(3), index.MedianStake);
        Assert.Null(index.MedianStakeDelta());
        var candidates = index.Match(World.Query(World.Order()), World.Draw(1)).Candidates;
        Assert.All(candidates, candidate => Assert.Equal(StakeFactor.Of(index.Find(new OfferKey(candidate.Provider, candidate.GpuModel))!.Standing.Stake, Money.FromTokens(3)), candidate.Factors.Stake));
    }

    [Fact]
    public void Removed_listings_are_gone_and_their_owners_place_is_given_out_again()
    {
        var rows = World.Random(3, 300);
        var index = World.Index(rows);
        foreach (var row in rows) index.Apply(OfferDelta.Remove(row.Key));
        index.Apply(OfferDelta.Remove(rows[0].Key));
        Assert.Equal(0, index.Count);
        Assert.Empty(index.Match(World.Query(World.Order()), World.Draw(1)).Candidates);

        index.Apply(OfferDelta.Upsert(World.Provider(1)));
        Assert.Equal(World.Provider(1).Provider, Assert.Single(index.Match(World.Query(World.Order()), World.Draw(1)).Candidates).Provider);
    }

    [Fact]
    public void A_hash_chain_reveals_elements_that_verify_and_no_others()
    {
        var chain = new HashChain(World.Digest(1), 2500);

        Assert.All(new[] { 1, 2, 1023, 1024, 1025, 2047, 2048, 2500, 3 }, n => Assert.True(HashChain.IsElement(chain.Anchor, n, chain.Element(n)), $"element {n}"));
        Assert.Equal(World.Digest(1), chain.Element(2500));
        Assert.False(HashChain.IsElement(chain.Anchor, 2, chain.Element(3)));
        Assert.False(HashChain.IsElement(chain.Anchor, HashChain.MaxLength + 1L, chain.Element(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Element(2501));
        Assert.NotEqual(HashChain.SecretOf(World.Digest(1), 1), HashChain.SecretOf(World.Digest(1), 2));
        Assert.DoesNotContain(World.Digest(1).ToString(), chain.ToString(), StringComparison.Ordinal);
    }
}

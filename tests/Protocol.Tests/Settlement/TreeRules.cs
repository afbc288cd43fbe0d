using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.Tests.Protocol.Settlement;

public sealed class TreeRules
{
    private static readonly Gen<(int Count, uint Index, uint Other, int Level)> s_places =
        from count in Gen.Choose(1, 70)
        from index in Gen.Choose(0, count - 1)
        from other in Gen.Choose(0, count + 3)
        from level in Gen.Choose(0, 8)
        select (count, (uint)index, (uint)other, level);

    [Fact]
    public void Every_leaf_is_proven_at_its_own_index_and_at_no_other() => Holds(place =>
    {
        var trees = SampleTrees.Of(place.Count);
        var (payer, provider, lease) = (trees.PayerAt(place.Index), trees.ProviderAt(place.Index), trees.LeaseAt(place.Index));

        Assert.True(payer.IsAt(place.Index));
        Assert.True(provider.Shows(SampleTrees.ProviderAt(place.Index)));
        Assert.True(lease.Shows(SampleTrees.LeaseAt(place.Index)));
        if (place.Other == place.Index) return;
        Assert.False(payer.IsAt(place.Other));
        Assert.False((provider with { Index = place.Other }).Shows(SampleTrees.ProviderAt(place.Index)));
        Assert.False(provider.Shows(SampleTrees.ProviderAt(place.Other)));
        Assert.False((lease with { Index = place.Other }).Shows(SampleTrees.LeaseAt(place.Index)));
        Assert.False(lease.Shows(SampleTrees.LeaseAt(place.Other)));
    });

    [Fact]
    public void A_root_adds_up_all_that_its_leaves_say() => Holds(place =>
    {
        var trees = SampleTrees.Of(place.Count);
        var payers = Enumerable.Range(0, place.Count).Select(i => trees.PayerAt((uint)i).Leaf).ToArray();
        var earned = Enumerable.Range(0, place.Count).Sum(i => trees.ProviderAt((uint)i).Earned.MicroUnits);

        Assert.Equal(payers.Sum(leaf => leaf.Charged.MicroUnits), trees.Root.Charged.MicroUnits);
        Assert.Equal(payers.Sum(leaf => leaf.Held.MicroUnits), trees.Root.Held.MicroUnits);
        Assert.Equal(earned, trees.Root.Earned.MicroUnits);
        Assert.Equal(trees.Root.Charged, trees.Root.Earned + trees.Root.Fees);
    });

    [Fact]
    public void No_figure_of_a_leaf_can_be_changed() => Holds(place =>
    {
        var trees = SampleTrees.Of(place.Count);
        var (payer, provider, lease) = (trees.PayerAt(place.Index), trees.ProviderAt(place.Index), trees.LeaseAt(place.Index));
        var more = new Money(1);

        Assert.False((payer with { Leaf = payer.Leaf with { Charged = payer.Leaf.Charged + more } }).IsAt(place.Index));
        Assert.False((payer with { Leaf = payer.Leaf with { Held = payer.Leaf.Held + more } }).IsAt(place.Index));
        Assert.False((payer with { Leaf = payer.Leaf with { Sequence = payer.Leaf.Sequence + 1 } }).IsAt(place.Index));
        Assert.False((payer with { Root = payer.Root with { Charged = payer.Root.Charged + more } }).IsAt(place.Index));
        Assert.False((provider with { Earned = provider.Earned + more }).Shows(SampleTrees.ProviderAt(place.Index)));
        Assert.False((lease with { Charged = lease.Charged + more }).Shows(SampleTrees.LeaseAt(place.Index)));
    });

    [Fact]
    public void No_sum_on_a_path_can_be_changed() => Holds(place =>
    {
        var proof = SampleTrees.Of(place.Count).PayerAt(place.Index);
        if (proof.Path.IsEmpty) return;
        var level = place.Level % proof.Path.Length;
        var sibling = proof.Path[level];
        bool IsBelieved(SumNode other) => (proof with { Path = proof.Path.SetItem(level, other) }).IsAt(place.Index);

        Assert.False(IsBelieved(sibling with { Amount = sibling.Amount + new Money(1) }));
        Assert.False(IsBelieved(sibling with { Held = new Money(-1) }));
        Assert.False(IsBelieved(sibling with { Amount = new Money(long.MaxValue) }));
        Assert.False((proof with { Path = proof.Path.RemoveAt(level) }).IsAt(place.Index));
        Assert.False((proof with { Path = proof.Path.Add(default) }).IsAt(place.Index));
    });

    [Fact]
    public void Nothing_can_be_hidden_right_of_the_last_leaf()
    {
        SumNode[] leaves = [.. Enumerable.Range(1, 3).Select(i => new SumNode(SampleTrees.Word(i), new Money(i), Money.Zero))];
        var hidden = new SumNode(SampleTrees.Word(9), new Money(90), Money.Zero);
        var stuffed = new SumTree([.. leaves, hidden]);

        Assert.False(SumTree.Verify(stuffed.Root, leaves[2], 2, 3, stuffed.PathOf(2)));
        Assert.True(SumTree.Verify(stuffed.Root, leaves[2], 2, 4, stuffed.PathOf(2)));
    }

    [Fact]
    public void A_tree_refuses_a_leaf_that_it_does_not_have()
    {
        var trees = SampleTrees.Of(5);

        Assert.Throws<ArgumentOutOfRangeException>(() => trees.PayerAt(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => trees.LeaseAt(5));
    }

    [Fact]
    public void Providers_cannot_earn_more_than_payers_are_charged()
    {
        var payer = new PayerLeaf(SampleTrees.Address(1), new Money(10), Money.Zero, 1, Hash256.Zero);

        Assert.Throws<ArgumentException>(() => new SettlementTrees([payer], [new ProviderLeaf(SampleTrees.Address(2), new Money(11))], []));
    }

    private static void Holds(Action<(int Count, uint Index, uint Other, int Level)> rule) =>
        Prop.ForAll(s_places.ToArbitrary(), rule).Check(Config.QuickThrowOnFailure);
}

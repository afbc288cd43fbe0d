using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

public sealed class EraProofs
{
    private const ulong Era = 3;

    [Fact]
    public void Every_leaf_of_every_size_is_provable() => Prop.ForAll(Gen.Choose(1, 600).ToArbitrary(), count =>
    {
        var tree = EraTree.Build(Era, SomeLeaves.Of(count));
        return Enumerable.Range(0, count).All(i => tree.Prove(i).IsIn(Era, tree.Root, (uint)count));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_proof_holds_for_its_own_era_index_count_leaf_and_root_alone()
    {
        var tree = EraTree.Build(Era, SomeLeaves.Of(11));
        var proof = tree.Prove(4);

        Assert.True(proof.IsIn(Era, tree.Root, 11));
        Assert.False(proof.IsIn(Era + 1, tree.Root, 11));
        Assert.False(proof.IsIn(Era, tree.Root, 4));
        Assert.False(proof.IsIn(Era, tree.Root, 17));
        Assert.False(proof.IsIn(Era, Hash256.Zero, 11));
        Assert.False((proof with { Index = 5 }).IsIn(Era, tree.Root, 11));
        Assert.False((proof with { Index = 11 }).IsIn(Era, tree.Root, 11));
        Assert.False((proof with { Leaf = proof.Leaf with { UptimePpm = 990_001 } }).IsIn(Era, tree.Root, 11));
        Assert.False((proof with { Path = proof.Path[..^1] }).IsIn(Era, tree.Root, 11));
        Assert.False((proof with { Path = proof.Path.Add(Hash256.Zero) }).IsIn(Era, tree.Root, 11));
        Assert.False((proof with { Path = default }).IsIn(Era, tree.Root, 11));
    }

    [Fact]
    public void A_provider_is_either_found_or_provably_absent() => Prop.ForAll(Gen.Choose(1, 80).ToArbitrary(), Gen.Choose(1, 9000).ToArbitrary(), (count, number) =>
    {
        var tree = EraTree.Build(Era, SomeLeaves.Of(count));
        var provider = SomeLeaves.Provider(number);
        return (tree.Find(provider), tree.FindAbsence(provider)) switch
        {
            ({ } found, null) => found.Leaf.Provider == provider && found.IsIn(Era, tree.Root, (uint)count),
            (null, { } absence) => absence.Holds(Era, tree.Root, (uint)count, provider),
            _ => false,
        };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nobody_in_the_tree_is_provably_absent()
    {
        var tree = EraTree.Build(Era, SomeLeaves.Of(6));
        var present = tree.Prove(2).Leaf.Provider;

        Assert.False(new EraAbsence(tree.Prove(1), tree.Prove(3)).Holds(Era, tree.Root, 6, present));
        Assert.False(new EraAbsence(tree.Prove(1), tree.Prove(2)).Holds(Era, tree.Root, 6, present));
        Assert.False(new EraAbsence(tree.Prove(1), null).Holds(Era, tree.Root, 6, present));
        Assert.False(new EraAbsence(null, tree.Prove(3)).Holds(Era, tree.Root, 6, present));
        Assert.False(new EraAbsence(null, null).Holds(Era, tree.Root, 6, present));
    }

    [Fact]
    public void An_unsorted_era_is_refused()
    {
        var leaves = SomeLeaves.Of(3);

        Assert.Throws<ArgumentException>(() => EraTree.Build(Era, new[] { leaves[1], leaves[0] }));
        Assert.Throws<ArgumentException>(() => EraTree.Build(Era, new[] { leaves[0], leaves[0] }));
        Assert.Throws<ArgumentException>(() => EraTree.Build(Era, Array.Empty<EraLeaf>()));
        Assert.Throws<ArgumentException>(() => EraTree.Build(Era, new[] { leaves[0] with { UptimePpm = 1_000_001 } }));
    }
}

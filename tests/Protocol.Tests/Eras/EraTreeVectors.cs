using Grid.Chain.Crypto;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

/// <summary>Computed with Foundry's <c>cast</c> (abi-encode, keccak) from <c>AttestationLedger.hashOf</c> and <c>IndexedTree</c>; leaves as in <c>EraWorld.sol</c>.</summary>
public sealed class EraTreeVectors
{
    private const ulong Era = 7;

    [Theory]
    [InlineData(1, "0xf53cd1b8bbe0fd7d68ec8ba58e0c72b602aeed75dfaee4582cfded431fb6bc37")]
    [InlineData(2, "0xd505040cd29705d88f80d466f6137f4094b407c44e9065f3dffd885e75ff3c63")]
    [InlineData(3, "0x93cff6ee0ddcaefb0fbd3098b27e6a99d1dc64621f97d8bd5bb08c4a4539825d")]
    [InlineData(5, "0xf57283a49685093c275debc5c7813f4877f2f390d686411f6ddbf08b1806e2a3")]
    [InlineData(8, "0xd208db065658ea8a51396301b385c05ed1a6b9eb42ac3636fc1312d695ba8a3e")]
    [InlineData(11, "0xb5322e4ebe0843ad15123336f132bced7a07fe9ab12cb93d03465d1de0b7313b")]
    public void A_tree_has_the_root_that_the_contract_computes(int count, string root) =>
        Assert.Equal(Hash256.Parse(root), EraTree.Build(Era, SomeLeaves.Of(count)).Root);

    [Fact]
    public void A_leaf_has_the_hash_that_the_contract_computes() =>
        Assert.Equal(Hash256.Parse("0xf53cd1b8bbe0fd7d68ec8ba58e0c72b602aeed75dfaee4582cfded431fb6bc37"), SomeLeaves.Of(1)[0].Hash(Era, 0));
}

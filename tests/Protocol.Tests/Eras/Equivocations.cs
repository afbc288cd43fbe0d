using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Tests.Protocol.Eras;

public sealed class Equivocations
{
    private static readonly Eip712Domain s_domain = GridDomain.Local;

    [Fact]
    public void Who_signs_two_roots_of_one_era_is_found_once_wherever_the_votes_come_from()
    {
        using var liar = PrivateKey.Generate();
        using var honest = PrivateKey.Generate();
        Signed<EraRoot>[] votes =
        [
            Root(7, 1).Sign(honest, s_domain), Root(7, 1).Sign(liar, s_domain), Root(7, 1).Sign(honest, s_domain),
            Root(7, 2).Sign(liar, s_domain), Root(7, 3).Sign(liar, s_domain),
        ];

        var found = Assert.Single(Equivocation.Among(7, votes, s_domain));

        Assert.Equal((liar.Address, 7ul), (found.Operator, found.Era));
        Assert.True(found.First.IsSignedBy(liar.Address, s_domain) && found.Second.IsSignedBy(liar.Address, s_domain));
        Assert.NotEqual(found.First.Value, found.Second.Value);
    }

    [Fact]
    public void Votes_of_other_eras_other_grids_and_of_nobody_convict_nobody()
    {
        using var key = PrivateKey.Generate();
        var elsewhere = GridDomain.For(5, key.Address);
        Signed<EraRoot>[] votes =
        [
            Root(7, 1).Sign(key, s_domain), Root(8, 2).Sign(key, s_domain), Root(7, 2).Sign(key, elsewhere), new(Root(7, 3), default), new(
                null!, default),
        ];

        Assert.DoesNotContain(Equivocation.Among(7, votes, s_domain), one => one.Operator == key.Address);
    }

    private static EraRoot Root(ulong era, byte root) => new(era, Keccak256.Hash([root]), 3, new Money(5));
}

using Grid.Chain.Crypto;
using Grid.Client;

namespace Grid.Tests.Client.Operators;

public sealed class TrustInOperators
{
    private static readonly Uri Url = new("https://grid.example/");

    [Fact]
    public void Who_answers_first_is_noted_and_believed_again()
    {
        using var folder = new TemporaryFolder();
        using var key = PrivateKey.Generate();

        new KnownOperators(folder.File("operators.json")).Check(Url, key.Address);
        new KnownOperators(folder.File("operators.json")).Check(Url, key.Address);
    }

    [Fact]
    public void Another_identity_at_a_known_address_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var first = PrivateKey.Generate();
        using var second = PrivateKey.Generate();
        var known = new KnownOperators(folder.File("operators.json"));
        known.Check(Url, first.Address);

        var refused = Assert.Throws<GridException>(() => known.Check(Url, second.Address));

        Assert.Equal(GridErrorKind.OperatorChanged, refused.Kind);
        Assert.Contains(first.Address.ToString(), refused.Message, StringComparison.Ordinal);
        known.Check(Url, first.Address);
    }

    [Fact]
    public void Addresses_are_noted_apart()
    {
        using var folder = new TemporaryFolder();
        using var first = PrivateKey.Generate();
        using var second = PrivateKey.Generate();
        var known = new KnownOperators(folder.File("operators.json"));

        known.Check(Url, first.Address);
        known.Check(new Uri("https://other.example/"), second.Address);
    }

    [Fact]
    public async Task A_pinned_operator_is_the_only_one_that_is_spoken_to()
    {
        using var operatorSide = new FakeOperator();
        using var stranger = PrivateKey.Generate();
        using var client = operatorSide.Connect(null, new PinnedOperator(stranger.Address));

        var refused = await Assert.ThrowsAsync<GridException>(() => client.GetOperatorAsync());

        Assert.Equal(GridErrorKind.OperatorChanged, refused.Kind);
    }

    [Fact]
    public async Task A_sealing_key_that_the_operator_did_not_sign_is_refused()
    {
        using var operatorSide = new FakeOperator { SealingKeySigner = Address.Zero };
        using var client = operatorSide.Connect(null);

        var refused = await Assert.ThrowsAsync<GridException>(() => client.GetOperatorAsync());

        Assert.Equal(GridErrorKind.OperatorChanged, refused.Kind);
    }
}

using Grid.Chain.Crypto;
using Grid.Client;

namespace Grid.Tests.Client.Operators;

public sealed class Sessions
{
    [Fact]
    public async Task A_wallet_signs_in_once_for_many_calls()
    {
        using var operatorSide = new FakeOperator();
        using var wallet = new Wallet(PrivateKey.Generate());
        using var client = operatorSide.Connect(wallet);

        for (var i = 0; i < 3; i++) Assert.Equal(wallet.Address, (await client.GetAccountAsync(wallet.Address)).Payer);

        Assert.Equal(1, operatorSide.SignIns);
    }

    [Fact]
    public async Task A_session_that_ended_is_renewed()
    {
        using var operatorSide = new FakeOperator();
        using var wallet = new Wallet(PrivateKey.Generate());
        using var client = operatorSide.Connect(wallet);
        await client.GetAccountAsync(wallet.Address);
        operatorSide.ForgetSessions();

        await client.GetAccountAsync(wallet.Address);

        Assert.Equal(2, operatorSide.SignIns);
    }

    [Fact]
    public async Task Concurrent_calls_share_one_sign_in()
    {
        using var operatorSide = new FakeOperator();
        using var wallet = new Wallet(PrivateKey.Generate());
        using var client = operatorSide.Connect(wallet);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetAccountAsync(wallet.Address)));

        Assert.Equal(1, operatorSide.SignIns);
    }

    [Fact]
    public async Task A_challenge_for_another_site_is_not_signed()
    {
        using var operatorSide = new FakeOperator { ChallengeDomain = "bank.example" };
        using var wallet = new Wallet(PrivateKey.Generate());
        using var client = operatorSide.Connect(wallet);

        var refused = await Assert.ThrowsAsync<GridException>(() => client.GetAccountAsync(wallet.Address));

        Assert.Equal(GridErrorKind.OperatorChanged, refused.Kind);
        Assert.Equal(0, operatorSide.SignIns);
    }

    [Fact]
    public async Task Without_a_wallet_only_public_questions_are_answered()
    {
        using var operatorSide = new FakeOperator();
        using var client = operatorSide.Connect(null);

        Assert.Equal(operatorSide.Key.Address, (await client.GetOperatorAsync()).Operator);
        var refused = await Assert.ThrowsAsync<GridException>(() => client.ListDeploymentsAsync());
        Assert.Equal(GridErrorKind.Unauthorized, refused.Kind);
    }
}

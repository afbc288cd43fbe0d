using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Protocol;
using Grid.Tests.Ethereum.Contracts;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Rows;

/// <summary>Reorgs, dropped transactions and servers that err, on the grid's own contracts and a real node.</summary>
public sealed class Row34And35
{
    private const int DeepestReorg = 20;
    private const int BlocksToFinality = 33;

    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Row_34_through_reorgs_of_1_to_20_blocks_each_deposit_is_made_once_and_the_books_equal_the_chain()
    {
        await using var world = await WorldAsync();
        var time = new ManualTime();
        using var queue = new TransactionQueue(world.Chain, new KeySigner(world.Tenant), new MemoryStore(), ContractWorld.Policy, time);
        var books = new Books(world.Chain, world.Grid);
        await world.Anvil.AskAsync("evm_setAutomine", "[false]");
        await world.Anvil.MineAsync(BlocksToFinality);
        for (var depth = 1; depth <= DeepestReorg; depth++)
        {
            var deposit = Deposit(world, depth);
            await queue.EnqueueAsync(deposit, s_token);
            await queue.PumpAsync(s_token);
            await world.Anvil.MineAsync(depth);
            await books.CatchUpAsync();
            Assert.Equal(depth, books.Deposits.Count());

            await world.Anvil.ReorgAsync(depth);
            await books.CatchUpAsync();
            Assert.Equal(depth - 1, books.Deposits.Count());

            await SettleAsync(world, queue, deposit, time);
            await books.CatchUpAsync();
            Assert.Equal(depth, books.Deposits.Count());
        }

        var ledger = await world.ReadAsync(world.Grid.Escrow.LedgerOf(world.OperatorKeys[0].Address));
        Assert.Equal(Money.FromTokens(DeepestReorg * (DeepestReorg + 1) / 2), books.Deposited);
        Assert.Equal(ledger.Deposited, books.Deposited);
        Assert.Equal(DeepestReorg * (DeepestReorg + 1) / 2, books.Removed);
    }

    [Theory]
    [InlineData("half a page")]
    [InlineData("no page")]
    [InlineData("times out")]
    [InlineData("lags")]
    [InlineData("skips a block")]
    public async Task Row_35_a_server_that_errs_every_other_time_costs_time_and_nothing_else(string how)
    {
        await using var world = await WorldAsync();
        var books = new Books(new WrongServer(world.Chain, how), world.Grid);
        for (var deposit = 1; deposit <= 5; deposit++)
        {
            await world.SendAsync(
                world.Tenant, world.Grid.Escrow.Deposit(world.OperatorKeys[0].Address, world.Tenant.Address, Money.FromTokens(deposit)));
            await world.Anvil.MineAsync(2);
            await books.CatchUpAsync();
        }

        await books.CatchUpAsync();
        await books.CatchUpAsync();
        var truth = new Books(world.Chain, world.Grid);
        await truth.CatchUpAsync();
        Assert.Equal(Money.FromTokens(15), truth.Deposited);
        Assert.Equal(truth.Events, books.Events);
        if (how != "lags") Assert.NotEmpty(books.Noticed);
    }

    [Fact]
    public async Task Row_35_a_lie_is_never_booked_where_a_second_endpoint_is_asked()
    {
        await using var world = await WorldAsync();
        await world.SendAsync(
            world.Tenant, world.Grid.Escrow.Deposit(world.OperatorKeys[0].Address, world.Tenant.Address, Money.FromTokens(7)));
        var liar = new WrongServer(world.Chain, "lies", isAlways: true);
        var books = new Books(new CrossCheckedChain(liar, world.Chain), world.Grid);
        for (var step = 0; step < 5; step++) await books.StepAsync();

        Assert.Empty(books.Deposits);
        Assert.Equal([ChainFault.Disagreement], books.Noticed.Distinct());

        liar.IsWrong = false;
        await books.CatchUpAsync();
        Assert.Equal(Money.FromTokens(7), books.Deposited);
    }

    private static async Task<ContractWorld> WorldAsync()
    {
        var world = await ContractWorld.StartAsync(ChainProfile.Development);
        await world.JoinAsync(Money.FromTokens(2_000));
        await world.SendAsync(world.Tenant, world.Grid.Token.Approve(world.Grid.Contracts.Escrow, Money.FromTokens(1_000_000)));
        return world;
    }

    private static TransactionRequest Deposit(ContractWorld world, int number) => world.Grid.Escrow
        .Deposit(world.OperatorKeys[0].Address, world.Tenant.Address, Money.FromTokens(number))
        .WithId(Keccak256.Hash([(byte)number]), gasLimit: 200_000);

    private static async Task SettleAsync(ContractWorld world, TransactionQueue queue, TransactionRequest request, ManualTime time)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            time.Advance(ContractWorld.Policy.ResendAfterMs);
            await queue.PumpAsync(s_token);
            await world.Anvil.MineAsync(BlocksToFinality);
            await queue.PumpAsync(s_token);
            if ((await queue.StatusAsync(request.Id, s_token))?.Closed is not { } closed) continue;
            Assert.Equal(TransactionOutcome.Succeeded, closed.Outcome);
            return;
        }

        Assert.Fail("The deposit is still open.");
    }
}

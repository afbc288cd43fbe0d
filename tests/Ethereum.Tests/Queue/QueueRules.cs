using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Transactions;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Queue;

public sealed class QueueRules
{
    [Fact]
    public async Task A_repeated_request_is_known_and_another_under_its_id_is_a_conflict()
    {
        using var world = new QueueWorld();
        var request = QueueWorld.Request(1);

        Assert.Equal(EnqueueStatus.Accepted, await world.EnqueueAsync(request));
        Assert.Equal(EnqueueStatus.AlreadyKnown, await world.EnqueueAsync(request));
        Assert.Equal(EnqueueStatus.Conflict, await world.EnqueueAsync(request with { ValueWei = 1 }));

        await world.SettleAsync();
        Assert.Equal(EnqueueStatus.AlreadyKnown, await world.EnqueueAsync(request));
        Assert.Single(world.Chain.Mined);
    }

    [Fact]
    public async Task A_request_whose_estimate_reverts_takes_no_nonce()
    {
        using var world = new QueueWorld();
        var reverting = new TransactionRequest(Keccak256.Hash("reverting"u8), ModelChain.Contract, default);
        await world.EnqueueAsync(reverting);
        await world.EnqueueAsync(QueueWorld.Request(1));

        await world.SettleAsync();

        Assert.Equal(TransactionOutcome.Refused, (await world.StatusAsync(reverting))!.Closed!.Outcome);
        Assert.Equal(0UL, Assert.Single(world.Chain.Mined).Transaction.Nonce);
    }

    [Fact]
    public async Task A_postponed_request_is_looked_at_as_soon_as_nothing_is_ahead_of_it()
    {
        using var world = new QueueWorld();
        var reverting = new TransactionRequest(Keccak256.Hash("reverting"u8), ModelChain.Contract, default);
        await world.EnqueueAsync(QueueWorld.Request(1));
        await world.EnqueueAsync(reverting);
        await world.PumpAsync();
        Assert.NotEmpty((await world.StatusAsync(reverting))!.Open!.Problem);

        world.Chain.Mine(1);
        await world.PumpAsync();

        Assert.Equal(TransactionOutcome.Refused, (await world.StatusAsync(reverting))!.Closed!.Outcome);
    }

    [Fact]
    public async Task What_a_reorg_takes_back_goes_out_again_at_once_and_ahead_of_what_is_asked_next()
    {
        using var world = new QueueWorld();
        await world.EnqueueAsync(QueueWorld.Request(1));
        await world.PumpAsync();
        world.Chain.Mine(1);
        await world.PumpAsync();
        world.Chain.Reorg(1, isReturnedToPool: false);

        await world.EnqueueAsync(QueueWorld.Request(2));
        await world.PumpAsync();

        Assert.Equal(2, world.Chain.PoolCount);
    }

    [Fact]
    public async Task The_queue_is_bounded_and_so_is_what_is_in_flight()
    {
        using var world = new QueueWorld();
        for (var i = 0; i < Chain.Ethereum.Limits.MaxOpenTransactions; i++) Assert.Equal(EnqueueStatus.Accepted, await world.EnqueueAsync(QueueWorld.Request(i)));

        Assert.Equal(EnqueueStatus.Full, await world.EnqueueAsync(QueueWorld.Request(-1)));
        await world.PumpAsync();
        Assert.Equal(Chain.Ethereum.Limits.MaxInFlight, world.Chain.PoolCount);
    }

    [Fact]
    public async Task Fees_stop_at_the_cap_and_the_same_transaction_goes_out_again()
    {
        using var world = new QueueWorld();
        await world.EnqueueAsync(QueueWorld.Request(1));
        await world.PumpAsync();
        world.Chain.BaseFeeWei = QueueWorld.Policy.MaxFeePerGasCapWei * 2;
        for (var i = 0; i < 50; i++)
        {
            world.Time.Advance(QueueWorld.Policy.StuckAfterMs);
            await world.PumpAsync();
        }

        Assert.All(world.Chain.EverSubmitted.Values, sent => Assert.InRange(sent.Transaction.Fees.MaxFeePerGasWei, UInt128.Zero, QueueWorld.Policy.MaxFeePerGasCapWei));
        await world.SettleAsync();
        Assert.Single(world.Chain.Mined);
    }

    [Fact]
    public async Task A_foreign_transaction_at_our_nonce_displaces_ours_which_is_never_sent_again_by_itself()
    {
        using var world = new QueueWorld();
        var request = QueueWorld.Request(1);
        await world.EnqueueAsync(request);
        await world.PumpAsync();
        world.Chain.DropPool();
        using var foreign = PrivateKey.Generate();
        await world.Chain.SubmitAsync(SignedTransaction.Sign(new Eip1559Transaction(ModelChain.ChainId, 0, new Fees(10_000, 1), 21_000, null, 0, default), foreign), CancellationToken.None);
        world.Chain.Mine(1);

        await world.SettleAsync();

        Assert.Equal(TransactionOutcome.Displaced, (await world.StatusAsync(request))!.Closed!.Outcome);
        Assert.Single(world.Chain.Mined);
    }

    [Fact]
    public async Task A_node_that_has_not_even_reached_what_is_final_is_not_acted_upon()
    {
        var isLagging = false;
        using var world = new QueueWorld(seenAs: chain => new LaggingNonces(chain, () => isLagging));
        await world.EnqueueAsync(QueueWorld.Request(1));
        await world.SettleAsync();
        isLagging = true;
        await world.EnqueueAsync(QueueWorld.Request(2));
        await world.PumpAsync();

        Assert.Single(world.Chain.EverSubmitted);
        isLagging = false;
        await world.SettleAsync();
        Assert.Equal(2, world.Chain.Mined.Count());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 8)]
    [InlineData(8, 10)]
    [InlineData(1000, 1126)]
    public void A_bump_is_at_least_an_eighth(int fee, int bumped) =>
        Assert.Equal(new Fees((UInt128)bumped, (UInt128)bumped), FeeSchedule.Bump(new Fees((UInt128)fee, (UInt128)fee), default, UInt128.MaxValue));

    [Fact]
    public void A_nonce_is_never_bound_twice_nor_a_request_bound_again()
    {
        var state = TxQueueState.Empty(1, default);
        foreach (var number in (int[])[1, 2]) state = TxQueue.After(state, new TxEvent.Enqueued(QueueWorld.Request(number)));
        var bound = TxQueue.After(state, new TxEvent.Bound(QueueWorld.Request(1).Id, 5, 21_000));

        Assert.Throws<InvalidOperationException>(() => TxQueue.After(bound, new TxEvent.Bound(QueueWorld.Request(2).Id, 5, 21_000)));
        Assert.Throws<InvalidOperationException>(() => TxQueue.After(bound, new TxEvent.Bound(QueueWorld.Request(1).Id, 6, 21_000)));
        Assert.Throws<InvalidOperationException>(() => TxQueue.After(state with { FinalNonce = 6 }, new TxEvent.Bound(QueueWorld.Request(2).Id, 5, 21_000)));
    }

    private sealed class LaggingNonces(IChain inner, Func<bool> isLagging) : PassingChain(inner)
    {
        public override async Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken) =>
            isLagging() ? 0 : await base.GetNonceAsync(account, at, cancellationToken);
    }
}

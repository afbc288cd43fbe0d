using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Abi;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Tests.Ethereum.Anvil;
using Grid.Tests.Ethereum.Model;
using Grid.Tests.Ethereum.Rpc;

namespace Grid.Tests.Ethereum.Queue;

/// <summary>The queue against a real node: what was asked for is counted by a contract.</summary>
public sealed class QueueOnAnvil : IAsyncLifetime
{
    private const int BlocksToFinality = 33;

    private static readonly QueuePolicy s_policy = KilledSender.Policy;
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ManualTime _time = new();
    private readonly PrivateKey _key = AnvilNode.RichKey();
    private readonly Killer _killer = new();
    private AnvilNode _anvil = null!;
    private Address _contract;
    private FileTransactionStore _store = null!;
    private TransactionQueue _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _anvil = await AnvilNode.StartAsync();
        _contract = (await RpcOnAnvil.MinedAsync(_anvil, _key, 0, null, Emitter.CreationCode)).CreatedContract!.Value;
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        _queue?.Dispose();
        _store?.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
        if (_anvil is not null) await _anvil.DisposeAsync();
    }

    [Fact]
    public async Task A_stuck_transaction_is_replaced_by_a_dearer_one_and_executed_once()
    {
        await _queue.EnqueueAsync(Request(1), s_token);
        await _queue.PumpAsync(s_token);
        await _anvil.AskAsync("anvil_setNextBlockBaseFeePerGas", "[\"0x174876e800\"]");
        await _anvil.MineAsync();
        Assert.Equal(0UL, await CountAsync());

        _time.Advance(s_policy.StuckAfterMs);
        await _queue.PumpAsync(s_token);
        await SettleAsync(Request(1));

        Assert.Equal(1UL, await CountAsync());
    }

    [Fact]
    public async Task A_dropped_transaction_is_sent_again()
    {
        await _queue.EnqueueAsync(Request(1), s_token);
        await _queue.PumpAsync(s_token);
        await _anvil.AskAsync("anvil_dropTransaction", $"[\"{(await OpenAsync(Request(1))).Attempts[^1].Hash}\"]");
        await _anvil.MineAsync();
        Assert.Equal(0UL, await CountAsync());

        await SettleAsync(Request(1));

        Assert.Equal(1UL, await CountAsync());
    }

    [Fact]
    public async Task A_replaced_one_that_comes_back_does_not_execute_a_second_time()
    {
        await _queue.EnqueueAsync(Request(1), s_token);
        await _queue.PumpAsync(s_token);
        var first = (await OpenAsync(Request(1))).Attempts[0];
        _time.Advance(s_policy.StuckAfterMs);
        await _queue.PumpAsync(s_token);
        var second = (await OpenAsync(Request(1))).Attempts[^1];
        await _anvil.AskAsync("anvil_dropTransaction", $"[\"{second.Hash}\"]");
        await _anvil.AskAsync("eth_sendRawTransaction", $"[\"{Hex.Text(first.Raw)}\"]");
        await _anvil.MineAsync();

        await SettleAsync(Request(1));

        Assert.Equal(1UL, await CountAsync());
        Assert.Equal(first.Hash, (await _queue.StatusAsync(Request(1).Id, s_token))!.Closed!.Mined!.Transaction);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(20)]
    public async Task What_a_reorg_takes_back_is_sent_again(int depth)
    {
        await _anvil.MineAsync(20);
        for (var i = 0; i < 3; i++) await _queue.EnqueueAsync(Request(i), s_token);
        await _queue.PumpAsync(s_token);
        await _anvil.MineAsync(depth);
        await _queue.PumpAsync(s_token);
        Assert.NotNull((await OpenAsync(Request(0))).Mined);
        Assert.Equal(3UL, await CountAsync());

        await _anvil.ReorgAsync(depth);
        Assert.Equal(0UL, await CountAsync());
        await _queue.PumpAsync(s_token);
        Assert.Null((await OpenAsync(Request(0))).Mined);

        for (var i = 0; i < 3; i++) await SettleAsync(Request(i));
        Assert.Equal(3UL, await CountAsync());
    }

    /// <summary>The effects: asked, bound, signed, sent, the answer stored, seen in a block, final; killed before and after each.</summary>
    [Fact]
    public async Task Row_34_a_process_killed_by_the_system_at_any_step_of_a_commit_loses_and_doubles_nothing()
    {
        const int Effects = 7;
        _queue.Dispose();
        _store.Dispose();
        var commits = 0;
        for (var step = 0; await KilledSender.KilledAtAsync(1 + step / 2, step % 2 == 1, _anvil.Url, QueueFile, _contract, commits, s_token); step++)
        {
            Assert.False(await KilledSender.KilledAtAsync(int.MaxValue, false, _anvil.Url, QueueFile, _contract, commits, s_token));
            Assert.Equal((ulong)++commits, await CountAsync());
        }

        Assert.Equal(2 * Effects, commits);
        Assert.Equal((ulong)commits + 1, await CountAsync());
    }

    [Fact]
    public async Task Killed_at_any_effect_of_a_commit_the_next_process_finishes_it_once()
    {
        var requests = 0;
        foreach (var isAfter in (bool[])[false, true])
        {
            for (var effect = 1; effect <= 5; effect++)
            {
                var request = Request(requests);
                _killer.Arm(effect, isAfter);
                await Assert.ThrowsAsync<KilledException>(async () =>
                {
                    await _queue.EnqueueAsync(request, s_token);
                    await _queue.PumpAsync(s_token);
                });
                _killer.Disarm();
                Restart();
                await _queue.EnqueueAsync(request, s_token);
                await _queue.PumpAsync(s_token);
                await _anvil.MineAsync();
                requests++;
                Assert.Equal((ulong)requests, await CountAsync());
            }
        }
    }

    private string QueueFile => Path.Combine(_folder.FullName, "queue.json");

    private TransactionRequest Request(int number) => KilledSender.Request(_contract, number);

    private async Task<OpenTransaction> OpenAsync(TransactionRequest request) => (await _queue.StatusAsync(request.Id, s_token))!.Open!;

    private async Task SettleAsync(TransactionRequest request)
    {
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(s_policy.ResendAfterMs);
            await _queue.PumpAsync(s_token);
            await _anvil.MineAsync(BlocksToFinality);
            await _queue.PumpAsync(s_token);
            if ((await _queue.StatusAsync(request.Id, s_token))?.Closed is not { } closed) continue;
            Assert.Equal(TransactionOutcome.Succeeded, closed.Outcome);
            return;
        }

        Assert.Fail($"{request.Id} is still open: {await OpenAsync(request)}");
    }

    private async Task<ulong> CountAsync()
    {
        var result = await _anvil.Chain.CallAsync(new ChainCall(_key.Address, _contract, Emitter.CallWith(0)), BlockTag.Latest, s_token);
        return AbiFunction.Parse("count() returns (uint256)").DecodeOutput(result.Data)[0].ToUInt64() - 1;
    }

    private void Start()
    {
        _store = new FileTransactionStore(QueueFile);
        _queue = new TransactionQueue(new KillableChain(_anvil.Chain, _killer), new KeySigner(_key), new KillableStore(_store, _killer), s_policy, _time);
    }

    private void Restart()
    {
        _queue.Dispose();
        _store.Dispose();
        Start();
    }
}

using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Abi;
using Grid.Chain.Ethereum.Transactions;
using Grid.Tests.Ethereum.Anvil;

namespace Grid.Tests.Ethereum.Rpc;

public sealed class RpcOnAnvil
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contract_is_created_called_logged_and_read_back()
    {
        await using var anvil = await AnvilNode.StartAsync();
        using var key = AnvilNode.RichKey();
        var chain = anvil.Chain;

        var creation = await MinedAsync(anvil, key, 0, null, Emitter.CreationCode);
        var contract = creation.CreatedContract!.Value;
        var call = await MinedAsync(anvil, key, 1, contract, Emitter.CallWith(7));
        var logs = await chain.GetLogsAsync(new LogFilter([contract], []), 0, call.Block.Number, s_token);
        var result = await chain.CallAsync(new ChainCall(key.Address, contract, Emitter.CallWith(1)), BlockTag.Latest, s_token);
        var header = await chain.GetBlockAsync(BlockTag.At(call.Block.Number), s_token);

        Assert.True(creation.Succeeded && call.Succeeded);
        Assert.Equal(key.Address, call.From);
        Assert.Equal(call.Logs, logs);
        Assert.Equal(logs, await chain.GetLogsOfBlockAsync(call.Block, s_token));
        Assert.Equal(new Hash256(Emitter.CallWith(7)), Assert.Single(Assert.Single(logs).Topics));
        Assert.Equal(2UL, AbiFunction.Parse("f() returns (uint256)").DecodeOutput(result.Data)[0].ToUInt64());
        Assert.Equal(call.Block, header!.Ref);
        Assert.True(new LogFilter([contract], [logs[0].Topics[0]]).MayMatch(header.Bloom));
        Assert.False(new LogFilter([key.Address], []).MayMatch(header.Bloom));
        Assert.True(LogsBloom.Over(logs).MayHold(contract));
        Assert.Equal(2UL, await chain.GetNonceAsync(key.Address, BlockTag.Latest, s_token));
        Assert.Equal(1UL, await chain.GetNonceAsync(key.Address, BlockTag.At(creation.Block.Number), s_token));
        Assert.Equal(AnvilNode.ChainId, await chain.GetChainIdAsync(s_token));
    }

    [Fact]
    public async Task A_revert_is_an_answer_and_not_a_fault()
    {
        await using var anvil = await AnvilNode.StartAsync();
        using var key = AnvilNode.RichKey();
        var contract = (await MinedAsync(anvil, key, 0, null, Emitter.CreationCode)).CreatedContract!.Value;
        var call = new ChainCall(key.Address, contract, default);

        Assert.NotNull((await anvil.Chain.CallAsync(call, BlockTag.Latest, s_token)).Revert);
        Assert.NotNull((await anvil.Chain.EstimateGasAsync(call, s_token)).Revert);
        Assert.InRange((await anvil.Chain.EstimateGasAsync(call with { Data = Emitter.CallWith(1) }, s_token)).Gas, 21_000UL, 100_000UL);
    }

    [Fact]
    public async Task Headers_come_in_one_batch_and_end_where_the_chain_ends()
    {
        await using var anvil = await AnvilNode.StartAsync();
        await anvil.MineAsync(40);

        var headers = await anvil.Chain.GetBlocksAsync(35, 10, s_token);

        Assert.Equal([35UL, 36, 37, 38, 39, 40], headers.Select(header => header.Number));
        Assert.All(headers.Zip(headers.Skip(1)), pair => Assert.True(pair.Second.Follows(pair.First.Ref)));
        Assert.Equal(8UL, (await anvil.Chain.GetBlockAsync(BlockTag.Finalized, s_token))!.Number);
        Assert.Null(await anvil.Chain.GetBlockAsync(BlockTag.At(41), s_token));
        Assert.Null(await anvil.Chain.GetReceiptAsync(Hash256.Zero, s_token));
    }

    [Fact]
    public async Task Two_nodes_of_one_chain_agree_and_two_chains_do_not()
    {
        await using var one = await AnvilNode.StartAsync("--timestamp", "1700000000");
        await using var other = await AnvilNode.StartAsync("--timestamp", "1800000000");
        var same = new CrossCheckedChain(one.Chain, one.Chain);
        var different = new CrossCheckedChain(one.Chain, other.Chain);

        Assert.NotNull(await same.GetBlockAsync(BlockTag.Latest, s_token));
        await HostileServers.FailsAsync(ChainFault.Disagreement, different.GetBlockAsync(BlockTag.Latest, s_token));
    }

    internal static async Task<TransactionReceipt> MinedAsync(AnvilNode anvil, PrivateKey key, ulong nonce, Address? to, byte[] data)
    {
        var transaction = SignedTransaction.Sign(new Eip1559Transaction(AnvilNode.ChainId, nonce, new Fees(4_000_000_000, 1_000_000_000), 300_000, to, 0, data), key);
        Assert.Equal(SubmissionStatus.Accepted, (await anvil.Chain.SubmitAsync(transaction, s_token)).Status);
        await anvil.MineAsync();
        return await anvil.Chain.GetReceiptAsync(transaction.Hash, s_token) ?? throw new InvalidOperationException("anvil mined no block for it");
    }
}
